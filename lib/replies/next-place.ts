import type { ListedItem } from "@/lib/mailbox/transport";

/** Mails of one page of a folder. */
export const PAGE = 100;
/** After a page that brought nothing new: what the overlap brings again is soon behind, however much it is. */
const KNOWN_PAGE = 300;
/** What a relay lists at most at once. */
const MOST = 500;

/** Where the next page begins: at or after an instant, with room for the mails of that instant that are stored already. */
export interface Place {
  readonly fromMs: number;
  readonly limit: number;
}

/**
 * The page after this one begins at this one's last instant, with room for all its mails of that instant: whatever stands
 * at one instant, each page brings new mail until a relay can list no more of it at once.
 * @param foundNew whether this page brought mail that was not stored before.
 */
export function placeAfter(
  items: readonly Pick<ListedItem, "receivedUtc">[],
  begin: Place,
  foundNew: boolean,
): Place & { readonly problem: string | undefined } {
  const last = lastInstant(items) ?? begin.fromMs;
  const there = items.filter((item) => item.receivedUtc && Date.parse(item.receivedUtc) === last).length;
  const page = foundNew ? PAGE : KNOWN_PAGE;
  if (there < MOST) return { fromMs: last, limit: Math.min(MOST, there + page), problem: undefined };
  return {
    fromMs: last + 1000,
    limit: page,
    problem: `More than ${MOST} mails are dated ${new Date(last).toISOString()}; only the first ${MOST} of them could be read.`,
  };
}

/** When the youngest of these came, ms; null when none says. */
export function lastInstant(items: readonly Pick<ListedItem, "receivedUtc">[]): number | null {
  const last = items.findLast((item) => item.receivedUtc !== null)?.receivedUtc;
  return last ? Date.parse(last) : null;
}
