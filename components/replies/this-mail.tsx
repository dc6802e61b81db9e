import { ChevronRightIcon, PaperclipIcon } from "lucide-react";
import type { ReactNode } from "react";
import { z } from "zod";
import { Time } from "@/components/words/time";
import type { LoadedReply } from "@/lib/replies/load-reply";
import { MailText } from "./mail-text";

const attachmentsSchema = z
  .array(
    z.object({
      filename: z.string().nullish().catch(null),
      mimeType: z.string().catch(""),
      sizeBytes: z.number().nullish().catch(null),
    }),
  )
  .catch([]);

/** The mail that is looked at: what its writer wrote first, everything that came with it behind. */
export function ThisMail(props: Pick<LoadedReply, "email" | "rawSource"> & { layout: ReactNode }) {
  const { email, rawSource, layout } = props;
  const visible = email.visible_text?.trim() ?? "";
  const full = email.body_text.trim();
  return (
    <article aria-label="The reply" className="rounded-lg border-2 border-primary bg-card">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b px-4 py-2.5">
        <p className="min-w-0 break-words">
          <span className="font-semibold">
            <bdi>{email.from_name || email.from_email || "Unknown sender"}</bdi>
          </span>{" "}
          {email.from_name && <span className="text-muted-foreground">{email.from_email}</span>}
        </p>
        <Time iso={email.received_at} show="both" className="text-xs text-muted-foreground" />
      </header>
      <div className="grid gap-4 px-4 py-3">
        {visible ? (
          <MailText>{visible}</MailText>
        ) : (
          <p className="text-muted-foreground">This mail has no words of its own.</p>
        )}
        <AttachmentNames attachments={email.attachments} />
        {full && full !== visible && (
          <Behind title="The whole text, with quotes and signature">
            <MailText className="text-muted-foreground">{full}</MailText>
          </Behind>
        )}
        {rawSource && (
          <Behind title={`As it came: ${email.parse_problem ?? "it names no sender"}`}>
            <pre className="max-h-96 overflow-auto text-xs whitespace-pre-wrap break-all">{rawSource}</pre>
          </Behind>
        )}
        {layout}
      </div>
    </article>
  );
}

function Behind({ title, children }: { title: string; children: ReactNode }) {
  return (
    // Whoever opens it before the page has woken finds it open: no difference to warn about.
    <details className="group rounded-md border" suppressHydrationWarning>
      <summary className="flex min-h-9 items-center gap-1.5 px-3 text-xs text-muted-foreground touch:min-h-11">
        <ChevronRightIcon
          aria-hidden="true"
          className="size-3.5 shrink-0 transition-transform group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="border-t px-3 py-2">{children}</div>
    </details>
  );
}

function AttachmentNames({ attachments }: { attachments: unknown }) {
  const files = attachmentsSchema.parse(attachments);
  if (files.length === 0) return null;
  return (
    <ul aria-label="Attachments" className="flex flex-wrap gap-2">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list of a mail that has arrived never changes
        <li key={index} className="flex items-center gap-1.5 rounded-md border px-2 py-1 text-xs">
          <PaperclipIcon aria-hidden="true" className="size-3.5" />
          {file.filename ?? "unnamed file"}
          {file.sizeBytes != null && (
            <span className="text-muted-foreground">{Math.max(1, Math.round(file.sizeBytes / 1024))} kB</span>
          )}
        </li>
      ))}
    </ul>
  );
}
