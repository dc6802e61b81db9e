"use client";

import Link from "next/link";
import { Time } from "@/components/format/time";
import { type Action, useAct } from "@/components/page/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

export interface ShownNotice {
  readonly id: string;
  readonly at: string;
  readonly tone: string;
  readonly title: string;
  readonly body: string;
  readonly href: string | null;
}

/** What the system did by itself, until somebody says they have seen it. */
export function NoticeList({
  notices,
  onSeen,
}: {
  notices: readonly ShownNotice[];
  onSeen: Action<{ id: string }>;
}) {
  const { pending, act } = useAct();
  return notices.map((notice) => (
    <Alert key={notice.id} variant={toneOf(notice.tone)} className="mb-4">
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
            onClick={() => act("The notice stays.", () => onSeen({ id: notice.id }))}
          >
            I have seen it
          </Button>
        </span>
      </AlertDescription>
    </Alert>
  ));
}

function toneOf(tone: string): "info" | "attention" | "danger" {
  return tone === "info" || tone === "danger" ? tone : "attention";
}
