import type { Category } from "@/lib/replies/classification";

/**
 * The key that files a mail as each category, its initial where that is free. Letters only: digits go to the pages of the
 * sidebar, and a slip there must file nothing. None is a key of this page (a c e f j k m r s u z).
 */
export const CATEGORY_KEYS: Readonly<Record<Category, string>> = {
  interested: "i",
  pricing_given: "p",
  question: "q",
  referral: "l",
  broker_redirect: "b",
  soft_pass: "n",
  hard_pass: "x",
  wrong_contact: "w",
  buyer_inquiry: "y",
  other: "o",
  opt_out: "d",
  complaint: "g",
  bounce: "h",
  out_of_office: "v",
  receipt: "t",
};

export type Filing = "files" | "asks_first" | "nothing";

/**
 * What pressing a category's key does. What is for ever asks once more, because no undo follows; what the mail is filed as
 * already is confirmed while it waits, and left alone after.
 */
export function judgeFiling(
  chosen: Category,
  mail: { category: string | null; status: string },
  finals: readonly string[],
): Filing {
  const waits = mail.status !== "routed" && mail.status !== "done";
  if (chosen === mail.category && !waits) return "nothing";
  return finals.includes(chosen) ? "asks_first" : "files";
}
