import type { LookupKind, LookupProblem, LookupRow } from "./read-lookup-file";

export interface KnownLookup {
  readonly kind: LookupKind;
  readonly id: number;
  readonly name: string;
  readonly marketFilter: boolean;
  readonly retired: boolean;
}

/** A lookup an open search needs, and which. */
export interface LookupUse {
  readonly kind: string;
  readonly id: number;
  readonly searches: readonly { readonly id: string; readonly name: string }[];
}

interface LookupItem {
  readonly kind: LookupKind;
  readonly id: number;
  readonly name: string;
}

/** What a file of lookups changes. */
export interface LookupChanges {
  readonly added: readonly LookupItem[];
  readonly broughtBack: readonly LookupItem[];
  readonly renamed: readonly (LookupItem & { readonly was: string })[];
  /** Their market filter is another one */
  readonly changed: readonly (LookupItem & { readonly marketFilter: boolean })[];
  readonly unchanged: number;
  /** Known, of a kind the file holds, and not in the file: retired if asked for */
  readonly missing: readonly LookupItem[];
  /** Missing too, but an open search needs them: they stay */
  readonly kept: readonly (LookupItem & { readonly searches: LookupUse["searches"] })[];
  /** Names that belong to another id already */
  readonly clashes: readonly LookupProblem[];
}

/** Compares a file with what is known. Kinds the file does not hold are left alone. */
export function diffLookups(
  known: readonly KnownLookup[],
  rows: readonly LookupRow[],
  uses: readonly LookupUse[],
): LookupChanges {
  const keyOf = ({ kind, id }: { kind: string; id: number }) => `${kind} ${id}`;
  const byKey = new Map(known.map((item) => [keyOf(item), item]));
  const inFile = new Set(rows.map(keyOf));
  const kinds = new Set(rows.map((row) => row.kind));
  const used = new Map(uses.map((use) => [keyOf(use), use.searches]));
  const gone = known.filter((item) => !item.retired && kinds.has(item.kind) && !inFile.has(keyOf(item)));
  const pick = (of: (row: LookupRow, old: KnownLookup | undefined) => boolean) =>
    rows.filter((row) => of(row, byKey.get(keyOf(row))));
  const renamed = pick((row, old) => old !== undefined && !old.retired && old.name !== row.name);
  const changed = pick(
    (row, old) =>
      old !== undefined && !old.retired && row.marketFilter !== null && old.marketFilter !== row.marketFilter,
  );
  const touched = new Set([...renamed, ...changed].map(keyOf));
  return {
    added: pick((_, old) => old === undefined),
    broughtBack: pick((_, old) => old?.retired === true),
    renamed: renamed.map((row) => ({ ...row, was: byKey.get(keyOf(row))?.name ?? "" })),
    changed: changed.map((row) => ({ ...row, marketFilter: row.marketFilter ?? true })),
    unchanged: pick((row, old) => old !== undefined && !old.retired && !touched.has(keyOf(row))).length,
    missing: gone.filter((item) => !used.has(keyOf(item))),
    kept: gone.flatMap((item) => {
      const searches = used.get(keyOf(item));
      return searches ? [{ kind: item.kind, id: item.id, name: item.name, searches }] : [];
    }),
    clashes: rows.flatMap((row) => {
      const holder = gone.find(
        (item) => item.kind === row.kind && item.name.toLowerCase() === row.name.toLowerCase(),
      );
      return holder && used.has(keyOf(holder))
        ? [
            {
              place: `id ${row.id}`,
              message: `“${row.name}” belongs to id ${holder.id}, which an open search needs.`,
            },
          ]
        : [];
    }),
  };
}

/** Names of the file that belong to another id as long as that one is not retired. */
export function clashesIfKept(changes: LookupChanges, rows: readonly LookupRow[]): LookupProblem[] {
  return rows.flatMap((row) => {
    const holder = changes.missing.find(
      (item) => item.kind === row.kind && item.name.toLowerCase() === row.name.toLowerCase(),
    );
    return holder
      ? [
          {
            place: `id ${row.id}`,
            message: `“${row.name}” belongs to id ${holder.id}; retire what is missing to give it away.`,
          },
        ]
      : [];
  });
}
