/** The first line of a mail that says something, on one line; null when none does. */
export function firstLine(text: string | null): string | null {
  const lines = (text ?? "").split(/\r?\n/).map((line) => line.replace(/\s+/g, " ").trim());
  const said = lines.filter((line) => /[\p{L}\p{N}]/u.test(line));
  const [first, second] = said;
  if (!first) return null;
  // A bare greeting is no preview.
  const greeting =
    first.length < 24 &&
    /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|[\p{L}'’.-]+,)/iu.test(first);
  return (greeting && second ? second : first).slice(0, 240);
}
