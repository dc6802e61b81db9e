import { Time } from "@/components/words/time";
import type { MailboxSync } from "@/lib/replies/sync-health";
import { saySync } from "./sync-words";

const TONES = { neutral: "", attention: "text-attention", danger: "text-danger" };

/** When the mailboxes were last read, and which of them lag or fail. */
export function SyncLine({ mailboxes }: { mailboxes: readonly MailboxSync[] }) {
  const { lastRead, remarks } = saySync(mailboxes, new Date());
  return (
    <div className="mb-4 grid gap-1 text-xs text-muted-foreground" role="status">
      <p>
        {mailboxes.length === 0 ? (
          "No mailbox is connected, so nothing is read."
        ) : lastRead ? (
          <>
            Mail read <Time iso={lastRead} />
            {remarks.length === 0 && "; every mailbox is caught up"}.
          </>
        ) : (
          "No mailbox has been read yet."
        )}
      </p>
      {remarks.map(({ mailboxId, text, tone, since }) => (
        <p key={mailboxId} className={`${TONES[tone]} break-words`}>
          {text}
          {since && (
            <>
              {" "}
              (since <Time iso={since} />)
            </>
          )}
        </p>
      ))}
    </div>
  );
}
