import type { WordFacts } from "./facts";

/** Automatic replies, each with the day of return. */
export const OUT_OF_OFFICE_WORDS: readonly ((facts: WordFacts) => string)[] = [
  ({ backOn }) =>
    `Thank you for your email. I am out of the office and will return on ${backOn}. I will have limited access to email until then.`,
  ({ backOn, other, otherEmail }) =>
    `I am currently out of the office until ${backOn}. For anything urgent please contact ${other} at ${otherEmail}.`,
  ({ backOn }) =>
    `Hello,\n\nI'm on vacation with no access to email, back in the office ${backOn}. I will reply when I am back.`,
];
