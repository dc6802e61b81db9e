const DELIMITERS = [",", "\t", ";", "|"] as const;

/** The character between the cells: the one the first lines hold most of, outside quotes. A comma where there is none. */
export function findDelimiter(text: string): string {
  const head = text.slice(0, 20_000).replaceAll(/"(?:[^"]|"")*"/g, "");
  const lines = head
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, 20);
  let best: string = ",";
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = Math.max(0, ...lines.map((line) => line.split(delimiter).length - 1));
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}
