import type { ListedItem } from "@/lib/mailbox/transport";

/** Two clocks kept by NTP differ by far less; a zone that is read wrongly differs by half an hour at least. */
const BOUND_MS = 2 * 60_000;
const OUT_OF_RANGE_MS = 20 * 60_000;

/**
 * What is wrong with a mailbox's times, in a sentence for a person, or undefined. A clock or a zone that is off looks like an
 * empty inbox from here, so it is looked for in what did come: mail from the future, mail older than asked for, and the
 * relay's own clock.
 */
export function findClockProblem(
  items: readonly Pick<ListedItem, "receivedUtc">[],
  { sinceMs, now, relayOffsetMs }: { sinceMs: number; now: number; relayOffsetMs: number | null },
): string | undefined {
  if (relayOffsetMs !== null && Math.abs(relayOffsetMs) > BOUND_MS)
    return `The clock of the relay's machine is ${minutes(relayOffsetMs)} ${relayOffsetMs > 0 ? "ahead" : "behind"}. Set it by NTP.`;
  const times = items.flatMap((item) => (item.receivedUtc ? [Date.parse(item.receivedUtc)] : []));
  if (items.length > 0 && times.length === 0) return "The mailbox gives no times for its mail.";
  const latest = Math.max(...times, Number.NEGATIVE_INFINITY);
  if (latest > now + OUT_OF_RANGE_MS)
    return `Mail in this folder is dated ${minutes(latest - now)} in the future. The mailbox's clock or time zone is wrong.`;
  const earliest = Math.min(...times, Number.POSITIVE_INFINITY);
  if (earliest < sinceMs - OUT_OF_RANGE_MS)
    return `The mailbox answered with mail from ${minutes(sinceMs - earliest)} before the time it was asked for. Its clock or time zone is wrong.`;
  return undefined;
}

function minutes(ms: number): string {
  const count = Math.round(Math.abs(ms) / 60_000);
  if (count < 120) return `${count} minutes`;
  return count < 2880 ? `${Math.round(count / 60)} hours` : `${Math.round(count / 1440)} days`;
}
