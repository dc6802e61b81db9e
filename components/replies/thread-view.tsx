import { ChevronRightIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import type { LoadedReply, ReplySend } from "@/lib/replies/load-reply";
import { firstLine } from "./first-line";
import { MailText } from "./mail-text";
import { ThisMail } from "./this-mail";

/** The correspondence in the order it happened: our mails closed, the one that is looked at open. */
export function ThreadView(props: {
  reply: LoadedReply;
  hrefOf: (id: string) => string;
  /** Shows the mail's original layout on demand. */
  layout: ReactNode;
}) {
  const { reply, hrefOf, layout } = props;
  return (
    <ol className="grid gap-3">
      {reply.thread.map((item) => (
        <li key={`${item.kind}-${item.mail.id}`} className="min-w-0">
          {item.kind === "sent" && <OurMail send={item.mail} />}
          {item.kind === "received" && (
            <Link
              href={hrefOf(item.mail.id)}
              className="grid gap-1 rounded-lg border bg-card px-4 py-2.5 hover:bg-accent"
            >
              <span className="flex flex-wrap items-center justify-between gap-2">
                <span className="font-semibold">Another mail from them</span>
                <span className="flex items-center gap-2">
                  {item.mail.category && <StatusBadge of="category" status={item.mail.category} />}
                  <Time iso={item.mail.received_at} className="text-xs text-muted-foreground" />
                </span>
              </span>
              <span className="truncate text-muted-foreground">
                {firstLine(item.mail.visible_text) ?? item.mail.subject}
              </span>
            </Link>
          )}
          {item.kind === "this" && (
            <ThisMail email={reply.email} rawSource={reply.rawSource} layout={layout} />
          )}
        </li>
      ))}
    </ol>
  );
}

function OurMail({ send }: { send: ReplySend }) {
  const title = send.kind === "manual_reply" ? "Your answer" : `Mail ${send.step} of the sequence`;
  return (
    // Whoever opens it before the page has woken finds it open: no difference to warn about.
    <details className="group rounded-lg border bg-card" suppressHydrationWarning>
      <summary className="grid min-h-11 content-center gap-0.5 px-4 py-2 -outline-offset-2">
        <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <span>
            <ChevronRightIcon
              aria-hidden="true"
              className="mr-1.5 inline size-3.5 text-muted-foreground transition-transform group-open:rotate-90"
            />
            <span className="font-semibold">{title}</span>{" "}
            <span className="text-muted-foreground">to {send.to_email}</span>
          </span>
          <span className="flex items-center gap-2">
            {send.status !== "sent" && <StatusBadge of="send" status={send.status} />}
            <Time iso={send.sent_at ?? send.due_at} className="text-xs text-muted-foreground" />
          </span>
        </span>
        <span className="truncate text-muted-foreground">{send.subject}</span>
      </summary>
      <div className="border-t px-4 py-3">
        <MailText>{send.body}</MailText>
      </div>
    </details>
  );
}
