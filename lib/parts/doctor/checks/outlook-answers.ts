import { MailboxError } from "@/lib/mailbox/mailbox-error";
import { skipWithoutOutlook } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";

export const outlookAnswers: Check = {
  id: "outlook-answers",
  group: "Outlook",
  title: "Outlook answers",
  limitMs: 70_000,
  skip: skipWithoutOutlook,
  look: async ({ pingOutlook }) => {
    try {
      const { product, version, trusted, offline, standIn } = await pingOutlook();
      if (offline)
        return mend(
          `${product} ${version} works offline; mail would wait in its Outbox.`,
          "Turn off Send/Receive, Work Offline.",
        );
      if (standIn) return note(`${product} ${version} answers; no mail of it leaves this computer.`);
      if (trusted === false)
        return note(
          `${product} ${version} answers but may ask before a mail leaves.`,
          "If it asks during the test mail, see programmatic access above.",
        );
      return fine(`${product} ${version} answers.`);
    } catch (error) {
      if (!(error instanceof MailboxError)) throw error;
      return mend(
        error.message,
        CURES[error.kind] ?? "Look at Outlook's window, answer what it asks, and run the doctor again.",
      );
    }
  },
};

const CURES: Partial<Record<MailboxError["kind"], string>> = {
  unreachable:
    "Open classic Outlook in this Windows session, the ordinary way; then run the doctor again from an ordinary window.",
  auth: "Allow programs in Outlook's Trust Center (Programmatic Access), and sign Outlook in to its account.",
  busy: "Close the dialogs that are open in Outlook.",
};
