import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import type { ReplySend } from "@/lib/replies/load-reply";

/** What became of the answers written to this mail. */
export function AnswerStates({ answers }: { answers: readonly ReplySend[] }) {
  if (answers.length === 0) return null;
  return (
    <ul className="grid gap-2" aria-live="polite" aria-label="Your answers">
      {answers.map((send) => (
        <li
          key={send.id}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border bg-card px-3 py-2"
        >
          <StatusBadge of="send" status={send.status} />
          <span className="min-w-0 flex-1 truncate">{send.subject}</span>
          <Time iso={send.sent_at ?? send.due_at} className="text-xs text-muted-foreground" />
          {send.status !== "sent" && (
            <span className="basis-full text-xs text-muted-foreground">{sayWhy(send)}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function sayWhy({ status, reason }: ReplySend): string {
  if (reason) return reason;
  return status === "sending"
    ? "It is being handed over now."
    : "It leaves before all other mail of this mailbox.";
}
