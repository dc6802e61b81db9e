import Image from "next/image";
import Link from "next/link";
import type { ReactNode } from "react";
import { CommandMenu, type CommandMenuItem, type CommandMenuSearch } from "./command-menu";
import type { NavCounts } from "./nav-items";
import { ShortcutListener } from "./shortcuts";
import { SidebarNav } from "./sidebar-nav";
import { StatusBar, StatusSummary } from "./status-bar";
import type { SystemPart } from "./system-parts";
import { TabBar } from "./tab-bar";
import { ThemeToggle } from "./theme-toggle";
import { type Operator, UserMenu } from "./user-menu";

type AppShellProps = {
  counts: NavCounts;
  parts: SystemPart[];
  operator: Operator;
  signOut: () => Promise<void>;
  /** `<KillSwitch … />`. */
  killSwitch: ReactNode;
  /** `<LiveRefresh … />`, where the shell rather than the page keeps it. */
  live?: ReactNode;
  /** What ⌘K offers besides the pages. */
  commands?: CommandMenuItem[];
  searches?: CommandMenuSearch[];
  children: ReactNode;
};

/** Everything around a page: sidebar or tab bar, header with search and kill switch, and the status of every part. */
export function AppShell(props: AppShellProps) {
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-primary px-4 py-2 font-semibold text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-r bg-sidebar p-3 md:flex">
        <Brand />
        <SidebarNav counts={props.counts} />
      </aside>
      <div className="flex min-h-dvh min-w-0 flex-col">
        <ShellHeader {...props} />
        <StatusSummary parts={props.parts} />
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl flex-1 px-4 py-5 outline-none max-md:pb-[calc(var(--shell-bottom)+1.5rem)] md:px-6"
        >
          {props.children}
        </main>
        <StatusBar parts={props.parts} />
      </div>
      <TabBar counts={props.counts} />
      <ShortcutListener />
    </div>
  );
}

function ShellHeader({ killSwitch, live, commands, searches, operator, signOut }: AppShellProps) {
  return (
    <header className="sticky top-0 z-30 flex min-h-(--header-height) flex-wrap items-center gap-x-2 border-b bg-background px-4 md:flex-nowrap md:px-6">
      <div className="md:hidden">
        <Brand />
      </div>
      <div className="max-md:order-2 max-md:ml-auto">
        <CommandMenu items={commands} searches={searches} />
      </div>
      <div className="flex items-center gap-1 max-md:order-3 md:order-3">
        {live && <span className="flex items-center px-1">{live}</span>}
        <div className="max-md:hidden">
          <ThemeToggle />
        </div>
        <UserMenu operator={operator} signOut={signOut} />
      </div>
      <div className="contents md:order-2 md:ml-auto md:flex md:min-w-0 md:justify-end">{killSwitch}</div>
    </header>
  );
}

function Brand() {
  return (
    <Link
      href="/"
      className="flex h-8 items-center gap-2 rounded-md px-1.5 text-base font-semibold touch:h-11"
    >
      <Image src="/icon.svg" alt="" width={24} height={24} unoptimized />
      <span className="max-sm:sr-only">Upstream</span>
    </Link>
  );
}
