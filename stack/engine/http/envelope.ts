import type { Ledger } from "../state/ledger";

/** The frame of an `/api/v2` answer. */
export function v2(ledger: Ledger, data: unknown, page?: unknown): Record<string, unknown> {
  const fetchedAt = new Date(ledger.core.settings.clock.now()).toISOString();
  return { data, metadata: { fetchedAt }, ...(page === undefined ? {} : { page }) };
}

/** The frame of a `/v1` answer. */
export function v1(ledger: Ledger, data: unknown, page?: unknown): Record<string, unknown> {
  const now = new Date(ledger.core.settings.clock.now()).toISOString();
  return { data, metadata: { fetched_at: now, cached_until: now }, ...(page === undefined ? {} : { page }) };
}

/** `limit` of a query string within bounds. */
export function readLimit(query: URLSearchParams, fallback: number, most: number): number {
  const limit = Number(query.get("limit") ?? fallback);
  return Number.isInteger(limit) ? Math.min(Math.max(limit, 1), most) : fallback;
}
