import { setImmediate } from "node:timers/promises";
import { CsvError, type Options, parse } from "csv-parse";
import { parse as parseNow } from "csv-parse/sync";
import { cutText } from "@/lib/files/text-limits";
import { Refused } from "@/lib/server/refused";
import { findDelimiter } from "./find-delimiter";
import { MAX_BROKEN_ROWS } from "./limits";
import type { RawRow } from "./raw-row";

/** A quoted cell may hold lines of its own; one that goes on for this long was never closed. */
const MAX_RECORD_CHARS = 300_000;
const SLICE = 65_536;
const NEWLINE = 0x0a;

/**
 * Reads delimited text row by row, letting others work in between. A row that is broken (a quote never closed, say) is given
 * as such, and reading goes on at the line below it, so that one bad line costs one row.
 * @throws {Refused} when so many rows are broken that this is no list.
 */
export async function* readCsv(text: string): AsyncGenerator<RawRow> {
  const bytes = Buffer.from(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, "utf8");
  const options: Options = {
    delimiter: findDelimiter(text),
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: MAX_RECORD_CHARS,
  };
  let start = 0;
  let row = 0;
  let broken = 0;
  let width = 0;
  while (start < bytes.length) {
    const from = start;
    const found = readRecords(bytes.subarray(from), options);
    for (let next = await found.next(); ; next = await found.next()) {
      if (next.done && next.value === null) return;
      if (next.done) break;
      start = from + next.value.end;
      row += 1;
      width = Math.max(width, row < 20 ? next.value.cells.length : 0);
      yield { row, cells: next.value.cells };
    }
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    row += 1;
    yield mendLine(bytes.subarray(start, end).toString("utf8"), row, width, options);
    start = end;
    broken += 1;
    if (broken > MAX_BROKEN_ROWS)
      throw new Refused(
        `More than ${MAX_BROKEN_ROWS.toLocaleString("en-US")} lines cannot be read, the last at row ${row.toLocaleString("en-US")}. This does not look like a CSV file.`,
      );
  }
}

interface FoundRecord {
  readonly cells: string[];
  /** How many bytes it and all before it take */
  readonly end: number;
}

/** Gives records until the text ends (and answers null) or one is broken (and answers why). */
async function* readRecords(bytes: Buffer, options: Options): AsyncGenerator<FoundRecord, CsvError | null> {
  let found: FoundRecord[] = [];
  const parser = parse({
    ...options,
    // Taken here and not from the stream, which drops what it holds when a later record of the same slice is broken.
    on_record: (record: string[], { bytes: end }) => {
      found.push({ cells: record, end });
      return null;
    },
  });
  parser.resume();
  let problem: unknown = null;
  parser.on("error", (error) => {
    problem = error;
  });
  for (let at = 0; at < bytes.length && problem === null; at += SLICE) {
    await new Promise<void>((resolve) => parser.write(bytes.subarray(at, at + SLICE), () => resolve()));
    const ready = found;
    found = [];
    yield* ready;
    // Parsing never waits for anything; others get their turn between slices.
    await setImmediate();
  }
  if (problem === null) await new Promise<void>((resolve) => parser.end(() => resolve()));
  yield* found;
  if (problem !== null && !(problem instanceof CsvError)) throw problem;
  return problem;
}

/** A line with a stray quote (5" pipe) is fine when, read leniently, it has as many cells as the others. */
function mendLine(line: string, row: number, width: number, options: Options): RawRow {
  try {
    const [cells] = parseNow(line.replace(/\r?\n$/, ""), {
      ...options,
      relax_quotes: true,
    }) as string[][];
    if (cells && cells.length === width) return { row, cells };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return {
    row,
    cells: [cutText(line.trimEnd(), 500)],
    problem: "broken_row",
    detail: "a quote is opened and never closed",
  };
}
