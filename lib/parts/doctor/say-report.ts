import type { Checked } from "./run-checks";

const WORDS = { fine: "ok  ", note: "note", mend: "MEND", skipped: "-   " } as const;
const WIDTH = 100;

/** One check as the lines a person reads. */
export function sayCheck({ status, title, says, cure }: Checked): string {
  const text = wrap(`${title}: ${says}`, 7);
  return `  ${WORDS[status]} ${text}${cure ? `\n       ${wrap(`→ ${cure}`, 9)}` : ""}`;
}

/** The last line: what all of it means. */
export function sayVerdict(checks: readonly Checked[]): string {
  const broken = checks.filter((check) => check.status === "mend").length;
  const notes = checks.filter((check) => check.status === "note").length;
  const also =
    notes === 0 ? "" : ` ${count(notes, "note")} above ${notes === 1 ? "is" : "are"} worth reading.`;
  if (broken === 0) return `Nothing has to be mended.${also}`;
  return `${count(broken, "thing")} ${broken === 1 ? "has" : "have"} to be mended before the first mail.${also}`;
}

/** What `--json` prints. */
export function toJsonReport(checks: readonly Checked[]): string {
  return JSON.stringify({ ok: checks.every((check) => check.status !== "mend"), checks });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && line.length + 1 + word.length > WIDTH - indent) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}
