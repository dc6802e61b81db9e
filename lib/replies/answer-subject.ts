/** The subject of an answer: the mail's own, once and only once behind "Re:". */
export function answerSubject(subject: string): string {
  const bare = subject.replace(/^(?:\s*(?:re|aw|sv|fw|fwd)\s*:)+/i, "").trim();
  return `Re: ${bare || "your mail"}`.slice(0, 250);
}
