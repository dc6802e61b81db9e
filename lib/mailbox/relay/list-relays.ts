import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import { isQuiet, sayRelay } from "./say-relay";

export interface RelayState {
  readonly id: string;
  readonly url: string | null;
  readonly label: string;
  readonly version: string;
  readonly clockOffsetMs: number | null;
  readonly problem: string | null;
  readonly problemAt: string | null;
  readonly lastSeenAt: string | null;
  readonly quiet: boolean;
  /** Addresses that send through it */
  readonly mailboxes: readonly string[];
}

/** Another relay that has the same mailbox. */
export interface RelayClaim {
  readonly relayId: string;
  readonly label: string;
  readonly quiet: boolean;
  readonly lastSeenAt: string;
}

export interface RelayOverview {
  readonly relays: readonly RelayState[];
  /** By mailbox id: the relay it sends through */
  readonly servedBy: ReadonlyMap<string, RelayState>;
  /** By mailbox id: relays that have it too */
  readonly claims: ReadonlyMap<string, readonly RelayClaim[]>;
}

/** Every relay, what sends through it, and which mailboxes more than one relay has. */
export async function listRelays(db: Db, now = Date.now()): Promise<RelayOverview> {
  const [relayRows, mailboxes, claimRows] = await Promise.all([
    db.from("relays").select("*").order("name").order("id").then(unwrap),
    db.from("mailboxes").select("id, address, relay_url").order("address").then(unwrap),
    db.from("relay_mailboxes").select("relay_id, mailbox_id, last_seen_at").eq("present", true).then(unwrap),
  ]);
  const relays = relayRows.map(
    (row): RelayState => ({
      id: row.id,
      url: row.url,
      label: sayRelay(row),
      version: row.version,
      clockOffsetMs: row.clock_offset_ms,
      problem: row.problem,
      problemAt: row.problem_at,
      lastSeenAt: row.last_seen_at,
      quiet: isQuiet(row.last_seen_at, now),
      mailboxes: mailboxes.filter((one) => one.relay_url === row.url).map((one) => one.address),
    }),
  );
  const servedBy = new Map<string, RelayState>();
  const claims = new Map<string, RelayClaim[]>();
  for (const mailbox of mailboxes) {
    const serving = relays.find((relay) => relay.url === mailbox.relay_url);
    if (serving) servedBy.set(mailbox.id, serving);
    const others = claimRows.flatMap((claim) => {
      const relay = relays.find((one) => one.id === claim.relay_id);
      if (claim.mailbox_id !== mailbox.id || !relay || relay === serving) return [];
      return [{ relayId: relay.id, label: relay.label, quiet: relay.quiet, lastSeenAt: claim.last_seen_at }];
    });
    if (others.length > 0) claims.set(mailbox.id, others);
  }
  return { relays, servedBy, claims };
}

/** Lets another relay send for a mailbox; false when it did so already. */
export async function moveMailbox(db: Db, mailboxId: string, relayId: string): Promise<boolean> {
  return unwrap(await db.rpc("move_mailbox", { p_mailbox_id: mailboxId, p_relay_id: relayId }));
}

/** Takes a relay that is gone for good off the list. */
export async function forgetRelay(db: Db, relayId: string): Promise<void> {
  ensure(await db.rpc("forget_relay", { p_relay_id: relayId }));
}
