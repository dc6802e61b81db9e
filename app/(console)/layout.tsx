import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { DesktopNotices } from "@/components/notices/desktop-notices";
import { WaitingBadge } from "@/components/notices/waiting-badge";
import { AppShell } from "@/components/shell/app-shell";
import { KillSwitch } from "@/components/shell/kill-switch";
import { LiveRefresh } from "@/components/shell/live-refresh";
import { loadDesktopChoice } from "@/lib/notices/desktop-choice";
import { listWaiting } from "@/lib/notices/list-waiting";
import { checkParts, type Part } from "@/lib/parts/check-parts";
import { env } from "@/lib/server/env";
import { requireOperator } from "@/lib/server/operator";
import { Refused } from "@/lib/server/refused";
import { loadShell } from "@/lib/shell/load-shell";
import { pullKillSwitch, releaseKillSwitch, signOut } from "./actions";

const LIVE_TABLES = [
  "approval_queue",
  "searches",
  "extractions",
  "costar_session",
  "campaigns",
  "campaign_pulse",
  "mailboxes",
  "synced_emails",
  "checkpoint_settings",
  "kill_switch",
  "notices",
  "agent_circuit",
  "reply_proposals",
  "reply_reads",
  "answer_templates",
  "contact_addresses",
  "mailbox_folders",
] as const;

/** The frame around every page of the console; whoever is not an operator does not get past it. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { db, operator } = await requireOperator().catch((error: unknown) => {
    if (error instanceof Refused && error.status === 401) redirect("/sign-in");
    if (error instanceof Refused && error.status === 403) redirect("/sign-in?problem=not-an-operator");
    throw error;
  });
  const [shell, parts, waiting] = await Promise.all([
    loadShell(db),
    checkParts(),
    loadDesktopChoice(db).then((kinds) => listWaiting(db, kinds).then((items) => ({ kinds, items }))),
  ]);
  return (
    <AppShell
      counts={shell.counts}
      parts={parts.map(toSystemPart)}
      operator={{ name: operator.name, email: operator.email }}
      signOut={signOut}
      killSwitch={
        <KillSwitch state={shell.killSwitch} onPull={pullKillSwitch} onRelease={releaseKillSwitch} />
      }
      live={
        <>
          <LiveRefresh
            url={env().SUPABASE_URL}
            publishableKey={env().SUPABASE_PUBLISHABLE_KEY}
            tables={LIVE_TABLES}
          />
          <WaitingBadge count={shell.counts.queue + shell.counts.replies} />
          <DesktopNotices key={waiting.kinds.join()} items={waiting.items} asOf={new Date().toISOString()} />
        </>
      }
    >
      {children}
    </AppShell>
  );
}

function toSystemPart(part: Part) {
  const state = part.up ? (part.kind === "stand-in" ? "stand-in" : "up") : "down";
  return { name: part.label, label: part.what, state, detail: part.detail } as const;
}
