"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Answer, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";

export interface WaitingItem {
  readonly id: string;
  readonly checkpoint: string;
  readonly title: string;
  readonly summary: string;
  readonly revision: number;
  readonly requestedAt: string;
  readonly deadlineAt: string | null;
  readonly isOverdue: boolean;
  readonly snoozedUntil: string | null;
}

interface WaitingListProps {
  readonly items: readonly WaitingItem[];
  readonly onSnooze: (input: { id: string; hours: number }) => Promise<Answer>;
}

/** The queue: j and k move, enter opens, s says "not now". */
export function WaitingList({ items, onSnooze }: WaitingListProps) {
  const router = useRouter();
  const [selected, select] = useState(0);
  const { act } = useAct();
  const current = items[Math.min(selected, items.length - 1)];
  const move = (by: number) => select((at) => Math.max(0, Math.min(items.length - 1, at + by)));
  const snooze = (item: WaitingItem | undefined) => {
    if (!item) return;
    act(
      "It was not put off.",
      () => onSnooze({ id: item.id, hours: 4 }),
      () => toast(`“${item.title}” comes back in 4 hours.`),
    );
  };
  useShortcuts({
    j: { label: "Next item", run: () => move(1) },
    k: { label: "Previous item", run: () => move(-1) },
    enter: { label: "Open the selected item", run: () => current && router.push(`/approvals/${current.id}`) },
    s: { label: "Not now: back in 4 hours", run: () => snooze(current) },
  });
  return (
    <div className="grid gap-2">
      <ol className="divide-y overflow-hidden rounded-lg border bg-card">
        {items.map((item, index) => (
          <li
            key={item.id}
            className={cn(
              "flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3",
              item === current && "bg-accent",
              item.snoozedUntil && "text-muted-foreground",
            )}
          >
            <Link
              href={`/approvals/${item.id}`}
              onFocus={() => select(index)}
              aria-current={item === current ? "true" : undefined}
              className="grid min-w-0 flex-1 basis-64 gap-0.5"
            >
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-semibold">{item.title}</span>
                <Badge variant="outline">{item.checkpoint}</Badge>
                {item.revision > 1 && <Badge variant="info">revision {item.revision}</Badge>}
                {item.isOverdue && <Badge variant="attention">overdue</Badge>}
              </span>
              <span className="text-muted-foreground">{item.summary}</span>
              <span className="text-xs text-muted-foreground">
                asked <Time iso={item.requestedAt} />
                {item.snoozedUntil && (
                  <>
                    {" "}
                    · back <Time iso={item.snoozedUntil} />
                  </>
                )}
              </span>
            </Link>
            <div className="flex gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
              {!item.snoozedUntil && (
                <Button variant="ghost" size="sm" onClick={() => snooze(item)}>
                  Not now
                </Button>
              )}
              <Button asChild size="sm">
                <Link href={`/approvals/${item.id}`}>Review</Link>
              </Button>
            </div>
          </li>
        ))}
      </ol>
      <p className="text-xs text-muted-foreground max-md:hidden">
        <Kbd>j</Kbd> <Kbd>k</Kbd> move · <Kbd>enter</Kbd> open · <Kbd>s</Kbd> not now · <Kbd>?</Kbd> all keys
      </p>
    </div>
  );
}
