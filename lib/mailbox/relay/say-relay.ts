/** A relay reports, or is asked, once a minute: three misses are no chance. */
const QUIET_AFTER_MS = 3 * 60_000;
/** Below this a difference of clocks changes nothing a person would notice. */
const CLOCKS_AGREE_MS = 30_000;

/** Whether nothing was heard of it for three minutes; one that never was is quiet, too. */
export function isQuiet(lastSeenAt: string | null, now: number): boolean {
  return !lastSeenAt || now - Date.parse(lastSeenAt) > QUIET_AFTER_MS;
}

/** How a relay's clock differs, in words; null when it does not matter. */
export function sayClockOffset(offsetMs: number | null): string | null {
  if (offsetMs === null || Math.abs(offsetMs) < CLOCKS_AGREE_MS) return null;
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const how = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
  return `${how} ${offsetMs > 0 ? "ahead" : "behind"}`;
}

/** What people call a relay: its machine, and its address where it has one of its own. */
export function sayRelay(relay: { readonly url: string | null; readonly name: string }): string {
  if (!relay.url) return relay.name ? `${relay.name} (the console's own)` : "the console's own";
  const { host } = new URL(relay.url);
  return relay.name ? `${relay.name} (${host})` : host;
}
