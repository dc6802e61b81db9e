import { finishPage, type Page, type PageStart } from "@/lib/server/page-by-key";
import type { BehindRow, RowSpan } from "./behind-row";

export const ROWS_PER_PAGE = 50;

/** A page of rows from one more than fits, with its cursors. */
export function cutRows(rows: readonly BehindRow[], start: PageStart): Page<BehindRow> {
  return finishPage(rows, ROWS_PER_PAGE, start, ({ cursor }) => cursor);
}

const HOUR_MS = 3_600_000;

/** Found hours are whole hours: the span's first is taken with the hour it lies in, as the counts do. */
export function hourOf(iso: string): string {
  return new Date(Math.floor(Date.parse(iso) / HOUR_MS) * HOUR_MS).toISOString();
}

/** The end of a span, where hours that begin before it count as a whole, as they do in the counts. */
export function endOfHours(iso: string): string {
  return new Date(Math.ceil(Date.parse(iso) / HOUR_MS) * HOUR_MS).toISOString();
}

/** The filters of a span as the database's row functions take them; what is not asked for is left out. */
export function filtersOf({ agent, search, market }: Pick<RowSpan, "agent" | "search" | "market">) {
  return {
    ...(agent === undefined ? {} : { p_agent: agent }),
    ...aboutOf({ search, market }),
  };
}

export function aboutOf({ search, market }: Pick<RowSpan, "search" | "market">) {
  return {
    ...(search === undefined ? {} : { p_search: search }),
    ...(market === undefined ? {} : { p_market: market }),
  };
}
