import Link from "next/link";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";

export type SendView = {
  id: string;
  step: number | null;
  status: string;
  dueAt: string;
  sentAt: string | null;
  subject: string;
  body: string;
  mailbox: string;
  campaign: { id: string; name: string } | null;
  /** The zone whose send window counts */
  zone: string;
  /** Why it has not gone, in a sentence; null when it has */
  why: string | null;
};

/** Every mail to a contact; each that has not left says why. */
export function SendList({ sends }: { sends: readonly SendView[] }) {
  return (
    <ul className="divide-y">
      {sends.map((send) => {
        const { why } = send;
        return (
          <li key={send.id} className="grid gap-1 px-4 py-3">
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <StatusBadge of="send" status={send.status} />
              {send.sentAt && (
                <Time iso={send.sentAt} show="both" className="text-xs text-muted-foreground" />
              )}
              {why && <span className="text-xs text-muted-foreground">{why}</span>}
            </span>
            <details>
              <summary className="min-h-8 content-center font-semibold break-words touch:min-h-11">
                {send.subject || "No subject"}
              </summary>
              <p className="mt-1 max-h-96 overflow-auto rounded-md bg-muted p-3 break-words whitespace-pre-wrap">
                {send.body}
              </p>
            </details>
            <span className="text-xs break-words text-muted-foreground">
              {send.step ? `Mail ${send.step} of the sequence` : "A reply by hand"} from {send.mailbox}
              {send.campaign && (
                <>
                  {" "}
                  ·{" "}
                  <Link href={`/campaigns/${send.campaign.id}`} className="underline underline-offset-2">
                    {send.campaign.name}
                  </Link>
                </>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
