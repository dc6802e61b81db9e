"use client";

import { PauseIcon, PlayIcon } from "lucide-react";
import { useState } from "react";
import { formatCount } from "@/components/format/numbers";
import { Time } from "@/components/format/time";
import { KeyValueList } from "@/components/page/key-value-list";
import { StatusBadge } from "@/components/page/status-badge";
import { type Action, useAct } from "@/components/page/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import type { MailboxState } from "@/lib/settings/mailboxes";
import { ReasonDialog } from "./reason-dialog";

type MailboxCardProps = {
  mailbox: MailboxState;
  onPause: Action<{ id: string; reason: string }>;
  onResume: Action<{ id: string }>;
};

/** One mailbox: whether it sends and is read, and the switch that pauses it. */
export function MailboxCard({ mailbox, onPause, onResume }: MailboxCardProps) {
  const { pending, act } = useAct();
  const [asking, setAsking] = useState(false);
  const paused = mailbox.status === "paused";
  return (
    <article aria-label={mailbox.address} className="grid gap-4 rounded-lg border bg-card p-4">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-sm break-all">{mailbox.address}</h3>
          {mailbox.display_name && <p className="text-muted-foreground">{mailbox.display_name}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <StatusBadge of="mailbox" status={mailbox.status} />
          {paused ? (
            <Button
              variant="outline"
              size="sm"
              disabled={pending}
              onClick={() =>
                act(
                  "The mailbox is still paused.",
                  () => onResume({ id: mailbox.id }),
                  () => toast.success(`${mailbox.address} sends again.`),
                )
              }
            >
              <PlayIcon /> Resume
            </Button>
          ) : (
            <Button variant="outline" size="sm" disabled={pending} onClick={() => setAsking(true)}>
              <PauseIcon /> Pause
            </Button>
          )}
        </div>
      </header>
      {paused && mailbox.status_reason && <p className="text-attention">Paused: {mailbox.status_reason}</p>}
      {mailbox.sync_error && (
        <Alert variant="danger">
          <AlertTitle>The last sync failed</AlertTitle>
          <AlertDescription>
            <p className="break-words">{mailbox.sync_error}</p>
            <p>
              No mail is lost: the next sync, within a minute, goes on from the last mail that was stored.
            </p>
          </AlertDescription>
        </Alert>
      )}
      <KeyValueList
        items={[
          { key: "Program", value: sayProgram(mailbox) },
          { key: "Relay", value: mailbox.relay_url ?? "this computer" },
          { key: "Last seen", value: <Time iso={mailbox.last_seen_at} show="both" /> },
          { key: "Last sync", value: <Time iso={mailbox.last_synced_at} show="both" /> },
          { key: "Last 60 minutes", value: sayUse(mailbox.sentLastHour, mailbox.hourly_limit) },
          { key: "Last 24 hours", value: sayUse(mailbox.sentLastDay, mailbox.daily_limit) },
        ]}
      />
      <ReasonDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Pause ${mailbox.address}?`}
        description="No mail leaves this mailbox from the next one on. Its schedule is kept, its replies still come in, and other mailboxes go on."
        label="Why?"
        missing="Say why the mailbox is paused."
        cancel="Keep sending"
        submit="Pause the mailbox"
        onSubmit={(reason) => {
          setAsking(false);
          act(
            "The mailbox was not paused.",
            () => onPause({ id: mailbox.id, reason }),
            () => toast.success(`${mailbox.address} is paused.`),
          );
        }}
      />
    </article>
  );
}

function sayProgram(mailbox: MailboxState): string {
  const transport = mailbox.transport === "smtp" ? "SMTP and IMAP" : "Outlook";
  return [mailbox.host_product ?? transport, mailbox.host_version].filter(Boolean).join(" ");
}

const sayUse = (used: number, limit: number) => `${formatCount(used)} of ${formatCount(limit)} mails`;
