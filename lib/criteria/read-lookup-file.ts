import { parse } from "csv-parse/sync";
import { decodeText } from "@/lib/files/decode-text";
import { findDelimiter } from "@/lib/files/find-delimiter";
import { Refused } from "@/lib/server/refused";

export const LOOKUP_KINDS = ["market", "property_type", "owner_type"] as const;
export type LookupKind = (typeof LOOKUP_KINDS)[number];

/** One line of a lookup file. */
export interface LookupRow {
  readonly kind: LookupKind;
  readonly id: number;
  readonly name: string;
  /** Whether a property type takes a market filter; null when the file does not say */
  readonly marketFilter: boolean | null;
}

export interface LookupProblem {
  /** "row 12" or "markets 3" */
  readonly place: string;
  readonly message: string;
}

export interface LookupFile {
  readonly rows: readonly LookupRow[];
  readonly problems: readonly LookupProblem[];
}

/** The full list of markets is about 520; a file near this is another file. */
export const MAX_LOOKUP_BYTES = 700_000;
const MAX_LOOKUPS = 5_000;

interface Entry {
  readonly place: string;
  readonly kind: unknown;
  readonly id: unknown;
  readonly name: unknown;
  readonly marketFilter: unknown;
}

/**
 * Reads lookups from JSON (`{"markets": [{"id": 825, "name": "Inland Empire"}], "propertyTypes": …, "ownerTypes": …}`, names by id, or
 * a list of `{kind, id, name, marketFilter}`) or from CSV with the columns kind, id, name and market_filter; without a kind,
 * rows are markets. @throws {Refused} for what is neither.
 */
export function readLookupFile(bytes: Uint8Array, name: string): LookupFile {
  if (bytes.length === 0) throw new Refused(`${name} is empty.`);
  if (bytes.length > MAX_LOOKUP_BYTES)
    throw new Refused(
      `${name} is too large to be a list of lookups; ${MAX_LOOKUP_BYTES / 1000} kB are taken.`,
      { status: 413 },
    );
  const { text } = decodeText(bytes, name);
  const plain = text.replace(/^\uFEFF/, "");
  const entries = /^\s*[[{]/.test(plain) ? readJson(plain, name) : readTable(plain, name);
  if (entries.length === 0) throw new Refused(`${name} has no lookups in it.`);
  if (entries.length > MAX_LOOKUPS)
    throw new Refused(
      `${name} has ${entries.length.toLocaleString("en-US")} lookups; ${MAX_LOOKUPS.toLocaleString("en-US")} are taken.`,
      { status: 413 },
    );
  return checkEntries(entries);
}

const LISTS: Readonly<Record<string, LookupKind>> = {
  markets: "market",
  propertytypes: "property_type",
  ownertypes: "owner_type",
};

function readJson(text: string, name: string): Entry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Refused(`${name} is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (Array.isArray(value))
    return value.map((item, index) => toEntry(item, `entry ${index + 1}`, item?.kind));
  if (!isRecord(value)) throw new Refused(`${name} is JSON, but no list of lookups.`);
  return Object.entries(value).flatMap(([key, list]) => {
    const kind = LISTS[key.toLowerCase().replaceAll(/[^a-z]/g, "")];
    if (!kind) throw new Refused(`${name}: “${key}” is none of markets, propertyTypes and ownerTypes.`);
    if (Array.isArray(list)) return list.map((item, index) => toEntry(item, `${key} ${index + 1}`, kind));
    if (!isRecord(list)) throw new Refused(`${name}: ${key} is no list.`);
    return Object.entries(list).map(([one, other]) => {
      const byId = /^\d+$/.test(one);
      return {
        place: `${key} “${one}”`,
        kind,
        id: byId ? one : other,
        name: byId ? other : one,
        marketFilter: null,
      };
    });
  });
}

function toEntry(item: unknown, place: string, kind: unknown): Entry {
  const { id, name, marketFilter, market_filter } = isRecord(item) ? item : {};
  return { place, kind, id, name, marketFilter: marketFilter ?? market_filter ?? null };
}

const COLUMNS = {
  kind: ["kind", "list"],
  id: ["id", "keyid", "marketkeyid", "marketid", "costarid", "key"],
  name: ["name", "market", "marketname", "propertytype", "ownertype"],
  marketFilter: ["marketfilter"],
};

function readTable(text: string, name: string): Entry[] {
  let lines: string[][];
  try {
    lines = parse(text, {
      delimiter: findDelimiter(text),
      relax_column_count: true,
      relax_quotes: true,
    }) as string[][];
  } catch (cause) {
    throw new Refused(`${name} is neither JSON nor CSV: ${(cause as Error).message}`, { cause });
  }
  const [header = [], ...rows] = lines;
  const keys = header.map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ""));
  const at = (field: keyof typeof COLUMNS) => keys.findIndex((key) => COLUMNS[field].includes(key));
  if (at("id") < 0 || at("name") < 0)
    throw new Refused(`${name} needs a header row with at least the columns id and name.`);
  return rows.flatMap((cells, index) =>
    cells.every((cell) => cell.trim() === "")
      ? []
      : [
          {
            place: `row ${index + 2}`,
            kind: at("kind") < 0 ? "market" : cells[at("kind")],
            id: cells[at("id")],
            name: cells[at("name")],
            marketFilter: cells[at("marketFilter")] ?? null,
          },
        ],
  );
}

function checkEntries(entries: readonly Entry[]): LookupFile {
  const rows: LookupRow[] = [];
  const problems: LookupProblem[] = [];
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  for (const entry of entries) {
    const read = readEntry(entry);
    if (typeof read === "string") {
      problems.push({ place: entry.place, message: read });
      continue;
    }
    const [idKey, nameKey] = [`${read.kind} ${read.id}`, `${read.kind} ${read.name.toLowerCase()}`];
    const twin = ids.get(idKey) ?? names.get(nameKey);
    if (twin) {
      const what = ids.has(idKey) ? `Id ${read.id}` : `“${read.name}”`;
      problems.push({ place: entry.place, message: `${what} stands already in ${twin}.` });
      continue;
    }
    ids.set(idKey, entry.place);
    names.set(nameKey, entry.place);
    rows.push(read);
  }
  return { rows, problems };
}

function readEntry(entry: Entry): LookupRow | string {
  const kind = readKind(entry.kind);
  if (!kind) return `“${String(entry.kind ?? "")}” is no kind; write market, property_type or owner_type.`;
  const id = Number(String(entry.id ?? "").trim());
  if (!Number.isInteger(id) || id <= 0 || id > 2_147_483_647)
    return `“${String(entry.id ?? "")}” is no id; ids are whole numbers.`;
  const name = typeof entry.name === "string" ? entry.name.replaceAll(/[\p{Cc}\s]+/gu, " ").trim() : "";
  if (name === "") return "There is no name.";
  if (/^\d+$/.test(name)) return `“${name}” is a number; it would be taken for an id.`;
  if (name.length > 120) return "The name is longer than 120 characters.";
  const marketFilter = readFlag(entry.marketFilter);
  if (marketFilter === undefined) return `“${String(entry.marketFilter)}” is neither yes nor no.`;
  return { kind, id, name, marketFilter };
}

function readKind(value: unknown): LookupKind | undefined {
  const key = String(value ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "");
  return LISTS[key] ?? LISTS[`${key}s`];
}

/** Undefined for what is no answer, null for none. */
function readFlag(value: unknown): boolean | null | undefined {
  if (value === null || value === undefined || value === "") return null;
  const word = String(value).trim().toLowerCase();
  if (["true", "yes", "1", "y"].includes(word)) return true;
  return ["false", "no", "0", "n"].includes(word) ? false : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
