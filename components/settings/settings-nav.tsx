"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";

/** Checkpoints are the first page; each has one of its own below. */
const FIRST = "/settings";

const PAGES = [
  [FIRST, "Checkpoints"],
  ["/settings/trust", "Rules of trust"],
  ["/settings/desk", "Desk and sending"],
  ["/settings/mailboxes", "Mailboxes"],
  ["/settings/replies", "What replies do"],
  ["/settings/exclusions", "Exclusions"],
  ["/settings/lookups", "Lookups"],
  ["/settings/agents", "Agents"],
  ["/settings/learnings", "Learnings"],
  ["/settings/notifications", "Notifications"],
  ["/settings/audit", "Audit log"],
] as const;

/** The pages of Settings: a list at the side, or a row that scrolls within itself on a phone. */
export function SettingsNav() {
  const pathname = usePathname();
  const current = useRef<HTMLAnchorElement>(null);
  // On a phone the row is wider than the screen: the page one is on must be seen in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current link is another one on every page
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <nav aria-label="Settings" className="-mx-4 min-w-0 overflow-x-auto px-4 max-md:border-b md:mx-0 md:px-0">
      <ul className="flex gap-1 md:grid">
        {PAGES.map(([href, label]) => {
          const below = href === FIRST ? "/settings/checkpoints/" : `${href}/`;
          const active = pathname === href || pathname.startsWith(below);
          return (
            <li key={href}>
              <Link
                ref={active ? current : undefined}
                href={href}
                aria-current={active ? "page" : undefined}
                className={cn(
                  "flex min-h-9 items-center rounded-md px-3 whitespace-nowrap text-muted-foreground -outline-offset-2 hover:bg-accent hover:text-foreground touch:min-h-11",
                  active && "bg-primary-soft font-semibold text-primary",
                )}
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
