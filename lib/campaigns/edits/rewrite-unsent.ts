import { z } from "zod";
import type { SequenceTemplate } from "@/lib/campaigns/templates/default-sequence";
import { candidateSchema, type DeskVoice, mergeValues } from "../candidate";
import { renderSequence } from "../render-sequence";

/** A contact of a running campaign with mails that have not left. */
export const unsentSchema = candidateSchema.extend({
  propertyId: z.string().nullable(),
  timeZone: z.string(),
  mailboxId: z.string(),
  mails: z.array(
    z.object({
      step: z.number(),
      /** Epoch milliseconds */
      dueAt: z.number(),
      to: z.string(),
      subject: z.string(),
      body: z.string(),
    }),
  ),
  /** The last mail that left or is about to, when (epoch milliseconds), and its subject; null before the first */
  stepBefore: z.number().nullable(),
  leftAt: z.number().nullable(),
  threadSubject: z.string().nullable(),
});
export type Unsent = z.infer<typeof unsentSchema>;
export type UnsentMail = Unsent["mails"][number];

export type Rewritten =
  | { readonly ok: true; readonly mails: readonly UnsentMail[] }
  | { readonly ok: false; readonly reason: string };

/**
 * The mails of one contact as they read with changed templates. A mail whose template did not change keeps its words, and a follow-up
 * keeps its subject once the thread has begun, because it answers a mail that left under it. A blank tag keeps all of this contact's mails
 * as they were approved, and says which.
 * @param templates all of the sequence, the changed ones in place.
 * @param changed the steps whose template is another than before.
 */
export function rewriteUnsent(
  contact: Unsent,
  templates: readonly SequenceTemplate[],
  changed: ReadonlySet<number>,
  voice: DeskVoice,
): Rewritten {
  const needed = templates.filter(
    ({ step }) => changed.has(step) && contact.mails.some((mail) => mail.step === step),
  );
  if (needed.length === 0) return { ok: true, mails: contact.mails };
  const rendered = renderSequence(
    needed,
    mergeValues({ ...contact, propertyId: contact.propertyId ?? "" }, voice),
  );
  if (!rendered.ok) return rendered;
  // Only a thread that has not begun still has its first mail, and with it its subject, to change.
  const first = rendered.mails.find(({ step }) => step === 1);
  return {
    ok: true,
    mails: contact.mails.map((mail) => {
      const words = rendered.mails.find(({ step }) => step === mail.step);
      return {
        ...mail,
        subject: !first ? mail.subject : mail.step === 1 ? first.subject : `RE: ${first.subject}`,
        body: words?.body ?? mail.body,
      };
    }),
  };
}
