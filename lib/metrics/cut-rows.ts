import { finishPage, type Page, type PageStart } from "@/lib/db/page-by-key";
import type { BehindRow } from "./list-rows";

export const ROWS_PER_PAGE = 50;

/** A page of rows from one more than fits, with its cursors. */
export function cutRows(rows: readonly BehindRow[], start: PageStart): Page<BehindRow> {
  return finishPage(rows, ROWS_PER_PAGE, start, ({ cursor }) => cursor);
}

/** Found hours are whole hours: the span's first is taken with the hour it lies in, as the counts do. */
export function hourOf(iso: string): string {
  return new Date(Math.floor(Date.parse(iso) / 3_600_000) * 3_600_000).toISOString();
}
