/** Why a row, or its contact, is not imported: what is said of one row, and of many. */
const REASONS = {
  no_address: ["There is no property address.", "have no property address"],
  no_email: ["There is no e-mail address.", "have no e-mail address"],
  bad_email: ["The e-mail address is not valid", "have an e-mail address that is not valid"],
  duplicate_row: ["The same property and e-mail address stand in row", "repeat an earlier row"],
  duplicate_contact: [
    "The e-mail address already stands, with another property, in row",
    "repeat an earlier row's e-mail address",
  ],
  broken_row: ["The row cannot be read", "cannot be read"],
  too_many_cells: ["The row has more cells than there are columns", "have more cells than there are columns"],
  long_cell: ["A cell is far too long", "have a cell that is far too long"],
} as const;

export type SkipReason = keyof typeof REASONS;
export const SKIP_REASONS = Object.keys(REASONS) as SkipReason[];

/** One row's reason as a sentence, with what it is about: "The e-mail address is not valid: ann@@x.com." */
export function sayReason(reason: string, detail: string | null): string {
  const [words] = reason in REASONS ? REASONS[reason as SkipReason] : [reason.replaceAll("_", " ")];
  if (words.endsWith(".")) return words;
  if (!detail) return `${words}.`;
  if (reason === "bad_email") return `${words}: “${detail}”.`;
  return reason.startsWith("duplicate_")
    ? `${words} ${Number(detail).toLocaleString("en-US")}.`
    : `${words}: ${detail}.`;
}

/** How many rows have a reason: "12 rows have no e-mail address." */
export function countReason(reason: string, count: number): string {
  const many = reason in REASONS ? REASONS[reason as SkipReason][1] : reason.replaceAll("_", " ");
  const words = count === 1 ? many.replace(/^have /, "has ").replace(/^repeat /, "repeats ") : many;
  return `${count.toLocaleString("en-US")} ${count === 1 ? "row" : "rows"} ${words}.`;
}

const NOTES: Readonly<Record<string, string>> = {
  several_emails: "Several addresses in one cell; the first is taken.",
  no_name: "No contact name; the e-mail address stands in for it.",
  do_not_contact: "Do-not-contact: saved, never mailed.",
  bounced: "Mail to this address bounced: saved, not mailed.",
  excluded: "The address is excluded: saved, never mailed.",
  odd_buildingSf: "The building size is no number; left empty.",
  odd_landAcres: "The land size is no number; left empty.",
  odd_yearBuilt: "The year built is no year; left empty.",
  odd_costarPropertyId: "The CoStar property ID is no number; left empty.",
};

export function sayNote(note: string): string {
  return NOTES[note] ?? note.replaceAll("_", " ");
}
