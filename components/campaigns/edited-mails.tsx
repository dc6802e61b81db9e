import { Time } from "@/components/words/time";
import { ContactSteps } from "./contact-steps";
import { TextDiff } from "./text-diff";

interface EditedMailsProps {
  readonly name: string;
  readonly timeZone: string;
  readonly mails: readonly {
    readonly step: number;
    readonly due_at: string;
    readonly to_email: string;
    readonly subject: string;
    readonly body: string;
    readonly before: { readonly dueAt: string; readonly subject: string; readonly body: string } | null;
  }[];
  readonly previousHref: string | null;
  readonly nextHref: string | null;
}

/** The changed mails of one contact, each as approved before and as it would leave now. */
export function EditedMails({ name, timeZone, mails, previousHref, nextHref }: EditedMailsProps) {
  return (
    <div className="grid gap-3">
      <ContactSteps name={name} previousHref={previousHref} nextHref={nextHref} />
      <ol className="grid gap-3 lg:grid-cols-2">
        {mails.map((mail) => (
          <li key={mail.step} className="grid min-w-0 content-start gap-2 rounded-lg border bg-card p-4">
            <p className="text-xs text-muted-foreground">
              Mail {mail.step} ·{" "}
              {mail.before && mail.before.dueAt !== mail.due_at && (
                <>
                  <del>
                    <Time iso={mail.before.dueAt} zone={timeZone} show="absolute" />
                  </del>{" "}
                </>
              )}
              <Time iso={mail.due_at} zone={timeZone} show="absolute" />
            </p>
            <p className="text-xs break-all text-muted-foreground">To {mail.to_email}</p>
            <div className="font-semibold">
              <TextDiff before={mail.before?.subject ?? ""} after={mail.subject} />
            </div>
            <TextDiff before={mail.before?.body ?? ""} after={mail.body} />
          </li>
        ))}
      </ol>
    </div>
  );
}
