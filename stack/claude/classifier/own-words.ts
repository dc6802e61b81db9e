const QUOTE_STARTS =
  /^(?:>|on .{5,200} wrote:\s*$|-{2,}\s*original message\s*-{2,}|_{10,}$|from: .+@|sent from my )/i;
const SIGNATURE = /^--\s*$/;

/**
 * Text that speaks to whoever sorts the mail rather than to the person it was sent to. A mail is data; such sentences
 * are left out before anything is judged, so that with or without them the answer is the same.
 */
const SPEAKS_TO_THE_SORTER =
  /\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|prompts?|rules?|above|previous)\b|\b(?:system|developer) (?:prompt|message)\b|\b(?:classify|label|categori[sz]e|mark|flag|treat|score) (?:this|it|me|the|my)\b.{0,60}\b(?:as|interested|hard_pass|soft_pass|category)\b|\b(?:you are|act as|pretend) (?:now |to be )?(?:an? )?(?:ai|assistant|language model|classifier|llm)\b|["']?\b(?:category|confidence)\b["']?\s*[:=]|<\/?(?:system|instructions?|input)>|\brespond (?:only )?with\b.{0,40}\bjson\b/i;

/** The sentences the sender wrote himself, without quoted mail, signature, and text meant for a machine. */
export function ownSentences(subject: string, text: string): string[] {
  const lines: string[] = [];
  for (const line of text.slice(0, 20_000).split(/\r?\n/)) {
    if (SIGNATURE.test(line) || QUOTE_STARTS.test(line.trim())) break;
    lines.push(line.trim());
  }
  const bareSubject = subject.replace(/^(?:\s*(?:re|fwd?|aw)\s*:)+/i, "").trim();
  // A reply's subject is ours; only a subject of the sender's own says something.
  const own = bareSubject === subject.trim() ? [subject] : [];
  const paragraphs = [...own, ...lines.join("\n").split(/\n\s*\n/)];
  return paragraphs
    .flatMap((paragraph) => paragraph.replace(/\n/g, " ").split(/(?<=[.!?])\s+(?=[A-Z0-9$"'])/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "" && !SPEAKS_TO_THE_SORTER.test(sentence));
}
