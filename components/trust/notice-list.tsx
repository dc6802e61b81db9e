"use client";

import Link from "next/link";
import { useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/words/time";

export interface ShownNotice {
  readonly id: string;
  readonly at: string;
  readonly tone: string;
  readonly title: string;
  readonly body: string;
  readonly href: string | null;
}

/** More would push what waits for a decision out of sight. */
const SHOWN = 3;

type OnSeen = Action<{ id: string }>;

/** What the system did by itself, until somebody says they have seen it. */
export function NoticeList({ notices, onSeen }: { notices: readonly ShownNotice[]; onSeen: OnSeen }) {
  const [isOpen, open] = useState(false);
  // Seen is for ever. A live refresh that read the table a moment before must not bring it back.
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const left = notices.filter(({ id }) => !seen.has(id));
  const shown = isOpen ? left : left.slice(0, SHOWN);
  return (
    <>
      {shown.map((notice) => (
        <Notice
          key={notice.id}
          notice={notice}
          onSeen={onSeen}
          onDone={() => setSeen((before) => new Set([...before, notice.id]))}
        />
      ))}
      {left.length > shown.length && (
        <Button variant="outline" size="sm" className="mb-4" onClick={() => open(true)}>
          {left.length - shown.length === 1 ? "1 more notice" : `${left.length - shown.length} more notices`}
        </Button>
      )}
    </>
  );
}

type NoticeProps = { notice: ShownNotice; onSeen: OnSeen; onDone: () => void };

/** Each on its own: several can be put away one after another without waiting for the first. */
function Notice({ notice, onSeen, onDone }: NoticeProps) {
  const { pending, act } = useAct();
  return (
    <Alert variant={toneOf(notice.tone)} className="mb-4">
      <AlertTitle>{notice.title}</AlertTitle>
      <AlertDescription>
        <p>
          {notice.body}{" "}
          <span className="text-muted-foreground">
            <Time iso={notice.at} />
          </span>
        </p>
        <span className="flex flex-wrap gap-2">
          {notice.href && (
            <Button asChild variant="outline" size="sm">
              <Link href={notice.href}>See why</Link>
            </Button>
          )}
          <Button
            variant="ghost"
            size="sm"
            disabled={pending}
            onClick={() => act("The notice stays.", () => onSeen({ id: notice.id }), onDone)}
          >
            I have seen it
          </Button>
        </span>
      </AlertDescription>
    </Alert>
  );
}

function toneOf(tone: string): "info" | "attention" | "danger" {
  return tone === "info" || tone === "danger" ? tone : "attention";
}
