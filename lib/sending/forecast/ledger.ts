import { dailyLimitAt, nextRiseAt } from "@/lib/schedule/mailbox-limits";
import type { Situation, SituationMailbox } from "./situation";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Hand-overs in time order; in a simulation time only goes forward, so adding is appending. */
class Times {
  private readonly times: number[];

  constructor(times: readonly number[]) {
    this.times = [...times].sort((a, b) => a - b);
  }

  add(at: number): void {
    this.times.push(at);
  }

  /** When a rolling limit lets one more through, or null when it does at `now`. */
  freesAt(limit: number, spanMs: number, now: number): number | null {
    const nth = this.times[this.times.length - limit];
    return nth !== undefined && nth + spanMs > now ? nth + spanMs : null;
  }
}

export interface Hold {
  readonly reason: string;
  readonly until: number;
}

/** What left when, over the desk, each mailbox and each campaign, with the limits that count it. */
export class Ledger {
  private readonly desk: Times;
  private readonly mailboxes = new Map<string, Times>();
  private readonly campaigns = new Map<string, Times>();

  constructor(private readonly situation: Situation) {
    const { ledger } = situation;
    this.desk = new Times(ledger.flatMap((entry) => entry.at));
    for (const id of new Set(ledger.map((entry) => entry.mailboxId)))
      this.mailboxes.set(
        id,
        new Times(ledger.filter((entry) => entry.mailboxId === id).flatMap((entry) => entry.at)),
      );
    for (const id of new Set(ledger.flatMap((entry) => entry.campaignId ?? [])))
      this.campaigns.set(
        id,
        new Times(ledger.filter((entry) => entry.campaignId === id).flatMap((entry) => entry.at)),
      );
  }

  add(mailboxId: string, campaignId: string | null, at: number): void {
    this.desk.add(at);
    timesOf(this.mailboxes, mailboxId).add(at);
    if (campaignId) timesOf(this.campaigns, campaignId).add(at);
  }

  /** The limit that holds a mailbox up the longest, as `full_limit` finds it; null when there is room. */
  fullLimit(mailbox: SituationMailbox, now: number): Hold | null {
    const { desk } = this.situation;
    const daily = dailyLimitAt(mailbox.limits, now, desk.zone);
    const warmsUp = daily < mailbox.limits.dailyLimit;
    const own = timesOf(this.mailboxes, mailbox.id);
    const ownDay = own.freesAt(daily, DAY_MS, now);
    const rise = nextRiseAt(mailbox.limits, now, desk.zone);
    const holds: [string, number | null][] = [
      ["daily limit reached", this.desk.freesAt(desk.dailyLimit, DAY_MS, now)],
      ["hourly limit reached", this.desk.freesAt(desk.hourlyLimit, HOUR_MS, now)],
      [
        warmsUp ? "warm-up limit of this mailbox reached" : "daily limit of this mailbox reached",
        ownDay !== null && rise !== null ? Math.min(ownDay, rise) : ownDay,
      ],
      ["hourly limit of this mailbox reached", own.freesAt(mailbox.hourlyLimit, HOUR_MS, now)],
    ];
    let longest: Hold | null = null;
    for (const [reason, until] of holds)
      if (until !== null && until > (longest?.until ?? now)) longest = { reason, until };
    return longest;
  }

  /** When a campaign's own daily limit lets one more through; null when it does now. */
  campaignFreesAt(campaignId: string, now: number): number | null {
    const limit = this.situation.campaigns.get(campaignId)?.dailyLimit;
    return limit ? timesOf(this.campaigns, campaignId).freesAt(limit, DAY_MS, now) : null;
  }
}

function timesOf(map: Map<string, Times>, id: string): Times {
  const times = map.get(id) ?? new Times([]);
  map.set(id, times);
  return times;
}
