import { MERGE_TAGS } from "@/lib/campaigns/templates/tags";

/** Every merge tag an answer may use: those of the mails it answers, and what the reply itself says. */
export const ANSWER_TAGS = {
  ...MERGE_TAGS,
  asking_price: "what they ask, as the facts of the reply say it",
} as const;

export type AnswerValues = Readonly<Partial<Record<keyof typeof ANSWER_TAGS, string>>>;
