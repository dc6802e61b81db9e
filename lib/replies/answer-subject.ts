/** Line breaks, and marks that turn the reading direction around: a sender's tricks must not leave under our name. */
const UNSAFE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The subject of an answer: the mail's own, once and only once behind "Re:". */
export function answerSubject(subject: string): string {
  const bare = subject
    .replace(UNSAFE, "")
    .replace(/^(?:\s*(?:re|aw|sv|fw|fwd)\s*:)+/i, "")
    .trim();
  return `Re: ${bare || "your mail"}`.slice(0, 250);
}
