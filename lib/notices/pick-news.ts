import type { WaitingItem } from "./desktop-kinds";

/** What a tab knows: what it has told or found there when it opened, and since when it looks. */
export interface Told {
  readonly since: string;
  readonly ids: ReadonlySet<string>;
}

/** What a tab finds when it opens is in sight there; only what comes later is news. */
export function beginTold(items: readonly WaitingItem[], since: string): Told {
  return { since, ids: new Set(items.map(({ id }) => id)) };
}

/**
 * What to tell now, and what is known afterwards. Nothing is told twice, but for what has no moment of its own (a mailbox that
 * fails): once that is over, it is news again. What only moved up in a list because something above it was done is no news.
 */
export function pickNews(items: readonly WaitingItem[], told: Told): { news: WaitingItem[]; told: Told } {
  const news = items.filter(
    ({ id, at }) => !told.ids.has(id) && (at === null || Date.parse(at) > Date.parse(told.since)),
  );
  const here = new Set(items.map(({ id }) => id));
  const kept = [...told.ids].filter((id) => here.has(id) || !id.startsWith("mailbox:"));
  return { news, told: { since: told.since, ids: new Set([...kept, ...here]) } };
}
