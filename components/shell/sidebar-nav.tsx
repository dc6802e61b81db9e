"use client";

import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { NavCount } from "./nav-count";
import { isActive, NAV_ITEMS, type NavCounts, sayNew } from "./nav-items";
import { useShortcuts } from "./use-shortcuts";

/** The sidebar's links, each with its count and the key that leads there. */
export function SidebarNav({ counts }: { counts: NavCounts }) {
  const pathname = usePathname();
  const router = useRouter();
  useShortcuts(
    Object.fromEntries(
      NAV_ITEMS.map(({ label, href, shortcut }) => [
        shortcut,
        { label: `Go to ${label}`, group: "Go to", run: () => router.push(href) },
      ]),
    ),
  );
  return (
    <nav aria-label="Main">
      <ul className="grid gap-0.5">
        {NAV_ITEMS.map((item) => {
          const active = isActive(item, pathname);
          return (
            <li key={item.key}>
              <Link
                href={item.href}
                aria-current={active ? "page" : undefined}
                className={cn(
                  "group flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sidebar-foreground transition-colors hover:bg-accent hover:text-accent-foreground touch:h-11",
                  active &&
                    "bg-primary-soft font-semibold text-primary hover:bg-primary-soft hover:text-primary",
                )}
              >
                <item.icon aria-hidden="true" className="size-4 shrink-0" />
                <span className="truncate">{item.label}</span>
                <NewDot words={sayNew(item.key, counts)} />
                <NavCount className="ml-auto" count={counts[item.key]} counts={item.counts} />
                <Kbd aria-hidden="true" className={counts[item.key] ? undefined : "ml-auto"}>
                  {item.shortcut}
                </Kbd>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** A dot for what is new behind an item, as the list behind it marks it; the words are said and shown on hover. */
function NewDot({ words }: { words: string | null }) {
  if (!words) return null;
  return (
    <span title={words} className="size-2 shrink-0 rounded-full bg-primary">
      <span className="sr-only"> {words}</span>
    </span>
  );
}
