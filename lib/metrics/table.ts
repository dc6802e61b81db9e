import type { Db } from "@/lib/server/client-options";
import type { MetricsView } from "./view";

/** How a column's values are meant: counts, shares of 0 to 1, milliseconds, dollars, moments (ISO), days, or words. */
export type ColumnKind =
  | "text"
  | "category"
  | "checkpoint"
  | "mode"
  | "stage"
  | "count"
  | "share"
  | "signed-share"
  | "ms"
  | "usd"
  | "decimal"
  | "time"
  | "day";

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly kind: ColumnKind;
}

export type Cell = string | number | null;

export interface TableRow {
  readonly id: string;
  readonly cells: Readonly<Record<string, Cell>>;
  /** Where the rows behind a number are, by column. */
  readonly links?: Readonly<Record<string, string | undefined>>;
}

/** One table of the Metrics pages, the same on the page and in its export. */
export interface MetricsTable {
  readonly title: string;
  readonly columns: readonly Column[];
  load(db: Db, view: MetricsView): Promise<TableRow[]>;
}

export const column = (key: string, label: string, kind: ColumnKind = "count"): Column => ({
  key,
  label,
  kind,
});

/** A share of 0 to 1; null of nothing. */
export const shareOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
