"use client";

import { PlayIcon } from "lucide-react";
import Link from "next/link";
import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import type { AutoPaused } from "@/lib/sending/list-auto-paused";

type PausedAlertsProps = {
  paused: readonly AutoPaused[];
  onResumeMailbox: Action<{ id: string }>;
  onResumeCampaign: Action<{ id: string; to: "active" }>;
};

/** What the product paused by itself, why, and the one press that lets it go on. */
export function PausedAlerts({ paused, onResumeMailbox, onResumeCampaign }: PausedAlertsProps) {
  const { pending, act } = useAct();
  return paused.map((item) => (
    <Alert key={item.id} variant="attention" className="mb-4">
      <AlertTitle className="break-words">
        {item.kind === "mailbox" ? "Mailbox" : "Campaign"} paused itself: {item.name}
      </AlertTitle>
      <AlertDescription>
        <p className="break-words">
          {item.reason}. Nothing of it leaves until somebody looked into it; counting starts anew when it is
          resumed.{" "}
          <Link href={item.kind === "mailbox" ? "/settings/mailboxes" : `/campaigns/${item.id}`}>
            Look at it
          </Link>
        </p>
        <Button
          variant="outline"
          size="sm"
          className="mt-2 text-foreground"
          disabled={pending}
          onClick={() =>
            act(
              "It is still paused.",
              () =>
                item.kind === "mailbox"
                  ? onResumeMailbox({ id: item.id })
                  : onResumeCampaign({ id: item.id, to: "active" }),
              () => toast.success(`${item.name} sends again.`),
            )
          }
        >
          <PlayIcon /> Resume<span className="sr-only"> {item.name}</span>
        </Button>
      </AlertDescription>
    </Alert>
  ));
}
