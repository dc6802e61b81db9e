"use client";

import { useRouter } from "next/navigation";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Time } from "@/components/words/time";
import { ContactSteps } from "./contact-steps";

interface MailPreviewProps {
  readonly name: string;
  readonly timeZone: string;
  readonly mailbox: string | null;
  readonly mails: readonly {
    readonly step: number;
    readonly due_at: string;
    readonly to_email: string;
    readonly subject: string;
    readonly body: string;
  }[];
  readonly previousHref: string | null;
  readonly nextHref: string | null;
}

/** Every mail of one contact exactly as it will leave; j and k go through the contacts. */
export function MailPreview({ name, timeZone, mailbox, mails, previousHref, nextHref }: MailPreviewProps) {
  const router = useRouter();
  const go = (href: string | null) => href && router.replace(href, { scroll: false });
  useShortcuts({
    j: { label: "Next contact's mails", run: () => go(nextHref), disabled: !nextHref },
    k: { label: "Previous contact's mails", run: () => go(previousHref), disabled: !previousHref },
  });
  return (
    <div className="grid gap-3">
      <ContactSteps
        name={name}
        mailbox={mailbox}
        previousHref={previousHref}
        nextHref={nextHref}
        keys={{ previous: "k", next: "j" }}
      />
      <ol className="grid gap-3 lg:grid-cols-3">
        {mails.map((mail) => (
          <li key={mail.step} className="grid min-w-0 content-start gap-2 rounded-lg border bg-card p-4">
            <p className="text-xs text-muted-foreground">
              Mail {mail.step} · <Time iso={mail.due_at} zone={timeZone} show="absolute" />
            </p>
            <p className="text-xs break-all text-muted-foreground">To {mail.to_email}</p>
            <p className="font-semibold break-words">{mail.subject}</p>
            <p className="break-words whitespace-pre-wrap">{mail.body}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
