import "server-only";
import { createHash } from "node:crypto";
import { MAX_ROWS } from "@/lib/files/limits";
import type { RawRow } from "@/lib/files/raw-row";
import { readImportFile } from "@/lib/files/read-file";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { ensure, unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";
import { guessMapping, headerKey, keepKnown, type Mapping } from "./columns";
import { findHeader } from "./find-header";
import { mappingSchema } from "./mapping-schema";
import { isRead, type StagedRow, stageRow } from "./stage-row";

export interface ReceivedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Which column is what, where the sender knows; else it is remembered or guessed */
  readonly mapping?: Mapping | undefined;
}

const TITLE_ROWS = 20;
/** Rows and bytes of one insert: a tenth of a second of the database, and well under a request's limit. */
const CHUNK_ROWS = 500;
const CHUNK_CHARS = 1_500_000;

/**
 * Takes an export in: reads it, keeps its rows, and says which column is what. Nothing of the market changes yet.
 * @param searchId the search it is for; null for one that is still to be made. @returns the import's id, to be checked next.
 * @throws {Refused} for a file that is no list; nothing of it is kept then.
 */
export async function receiveImport(db: Db, searchId: string | null, file: ReceivedFile): Promise<string> {
  const name =
    file.name
      .replaceAll(/[\p{Cc}]+/gu, " ")
      .trim()
      .slice(-200) || "file";
  const { readAs, rows } = await readImportFile(file.bytes, name);
  const source = toAsync(rows);
  const head = await takeHead(source);
  const header = findHeader(head, name);
  const headersKey = hash(header.labels.map(headerKey).sort().join("\n"));
  const mapping = file.mapping ?? (await recallMapping(db, headersKey, header.labels));
  const id = unwrap(
    await db.rpc("open_import", {
      p_file_name: name,
      p_file_bytes: file.bytes.length,
      p_file_hash: hash(file.bytes),
      p_read_as: readAs,
      p_headers: [...header.labels],
      p_headers_key: headersKey,
      p_header_row: header.row,
      ...(searchId ? { p_search_id: searchId } : {}),
    }),
  );
  try {
    const count = await stageRows(db, id, following(head, source, header.row), header.labels.length);
    if (count === 0) throw new Refused(`${name} has a header and no rows below it.`);
  } catch (error) {
    ensure(await db.rpc("discard_import", { p_id: id }));
    throw error;
  }
  ensure(await db.rpc("map_import", { p_id: id, p_mapping: keepKnown(mapping, header.labels) as Json }));
  return id;
}

async function stageRows(db: Db, id: string, rows: AsyncIterable<RawRow>, width: number): Promise<number> {
  let chunk: StagedRow[] = [];
  let chars = 0;
  let count = 0;
  const save = async () => {
    if (chunk.length === 0) return;
    ensure(await db.rpc("stage_import_rows", { p_id: id, p_rows: chunk as unknown as Json }));
    chunk = [];
    chars = 0;
  };
  for await (const row of rows) {
    if (!isRead(row)) continue;
    if (++count > MAX_ROWS)
      throw new Refused(`The file has more than ${MAX_ROWS.toLocaleString("en-US")} rows. Split it.`, {
        status: 413,
      });
    const staged = stageRow(row, width);
    chunk.push(staged);
    chars += staged.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (chunk.length >= CHUNK_ROWS || chars >= CHUNK_CHARS) await save();
  }
  await save();
  return count;
}

async function recallMapping(db: Db, headersKey: string, labels: readonly string[]): Promise<Mapping> {
  const row = unwrapMaybe(
    await db.from("import_mappings").select("mapping").eq("headers_key", headersKey).maybeSingle(),
  );
  const remembered = mappingSchema.safeParse(row?.mapping);
  return remembered.success ? keepKnown(remembered.data, labels) : guessMapping(labels);
}

async function* toAsync(rows: AsyncIterable<RawRow> | Iterable<RawRow>): AsyncGenerator<RawRow> {
  yield* rows;
}

async function takeHead(source: AsyncGenerator<RawRow>): Promise<RawRow[]> {
  const head: RawRow[] = [];
  while (head.length < TITLE_ROWS) {
    const next = await source.next();
    if (next.done) break;
    head.push(next.value);
  }
  return head;
}

async function* following(head: readonly RawRow[], source: AsyncIterable<RawRow>, headerRow: number) {
  yield* head.filter((row) => row.row > headerRow);
  yield* source;
}

function hash(value: string | Buffer): string {
  return createHash("sha256").update(value).digest("hex");
}
