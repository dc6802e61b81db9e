import type { EditSummary } from "./edit-proposal";

/** "Approving changes 212 mails to 104 contacts that have not left: 212 rewritten, 40 moved; and 3 contacts get nothing more (5 mails)." */
export function editSentence({
  mails,
  contacts,
  rewritten,
  moved,
  leftOut,
  leftOutMails,
}: Omit<EditSummary, "kept">): string {
  const count = (number: number, noun: string) =>
    `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
  const what = [
    ...(rewritten > 0 ? [`${rewritten.toLocaleString("en-US")} rewritten`] : []),
    ...(moved > 0 ? [`${moved.toLocaleString("en-US")} moved`] : []),
  ];
  const parts = [
    ...(mails > 0
      ? [
          `changes ${count(mails, "mail")} to ${count(contacts, "contact")} that have not left: ${what.join(", ")}`,
        ]
      : []),
    ...(leftOut > 0
      ? [
          `leaves out ${count(leftOut, "contact")}: ${count(leftOutMails, "mail")} that ${leftOutMails === 1 ? "has" : "have"} not left ${leftOutMails === 1 ? "is" : "are"} cancelled`,
        ]
      : []),
  ];
  return `Approving ${parts.join("; and ")}.`;
}
