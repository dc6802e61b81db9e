import type { Db } from "@/lib/server/client-options";
import type { Page } from "@/lib/server/page-by-key";
import type { RowsQuery } from "./rows-query";
import type { MetricsView } from "./view";

/** One row behind a number, as the list shows it. */
export interface BehindRow {
  readonly id: string;
  readonly title: string;
  readonly href: string | null;
  readonly detail: string;
  /** A status to show as a badge, with what carries it. */
  readonly category?: string | null;
  readonly at: string;
  readonly cursor: string;
}

export interface RowSpan extends Omit<MetricsView, "days"> {
  /** ISO moments; the first included, the second not. */
  readonly since: string;
  readonly until: string;
}

export type RowLister = (db: Db, span: RowSpan, query: RowsQuery) => Promise<Page<BehindRow>>;
