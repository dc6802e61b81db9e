import type { LimitStep } from "./daily-limit";
import { type FollowUp, FollowUpQueue, isBefore } from "./follow-up-queue";
import type { PlannedContact } from "./planned-contact";
import { seededRandom } from "./random";
import { RollingLimit } from "./rolling-limit";
import { type SendWindow, ZoneWindows } from "./send-window";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface PlanningMailbox {
  readonly mailboxId: string;
  readonly hourlyLimit: number;
  /** One limit, or what a warm-up allows from when on */
  readonly dailyLimit: number | readonly LimitStep[];
  /** Epoch milliseconds of mails this mailbox already has scheduled or sent in the last day, ascending */
  readonly taken: readonly number[];
}

export interface PlanSettings {
  /** Epoch milliseconds before which nothing leaves */
  readonly startAt: number;
  readonly window: SendWindow;
  /** Business days between mails: [0, 3, 4] sends the second three open days after the first */
  readonly gapBusinessDays: readonly number[];
  readonly spacingMinS: number;
  readonly spacingMaxS: number;
  readonly batchSize: number;
  readonly batchPauseS: number;
  /** The desk's limits, over all its mailboxes and campaigns */
  readonly hourlyLimit: number;
  readonly dailyLimit: number;
  /** What this campaign itself may send in any 24 hours, and when it did in the last ones or will for certain */
  readonly campaignDailyLimit?: number;
  readonly campaignTaken?: readonly number[];
  /** Epoch milliseconds of mails of mailboxes that this plan does not use; they count for the desk's limits */
  readonly takenElsewhere?: readonly number[];
  readonly seed: number;
}

export interface PlannedSend {
  readonly contactId: string;
  readonly mailboxId: string;
  /** 1 to the number of gaps */
  readonly step: number;
  /** Epoch milliseconds, whole seconds */
  readonly dueAt: number;
}

/** What one mailbox still has to send to the contacts of one zone. */
interface ZoneQueue {
  readonly windows: ZoneWindows;
  /** First mails, first in first out */
  readonly firsts: PlannedContact[];
  next: number;
  readonly followUps: FollowUpQueue;
}

interface Lane {
  readonly mailbox: PlanningMailbox;
  readonly limits: readonly RollingLimit[];
  readonly taken: ReadonlySet<number>;
  readonly queues: ZoneQueue[];
  readonly byZone: Map<string, ZoneQueue>;
  cursor: number;
  sentInBatch: number;
}

/**
 * Places every mail of a campaign in time: pure, seeded, linear in the number of mails.
 *
 * One lane per mailbox walks forward in time. At each instant it sends a follow-up that is due before a first mail, only
 * to contacts whose own window is open, spaced at random, with a pause after each batch, and within the rolling hourly
 * and daily limits of the mailbox, of the desk and of the campaign. A contact keeps one mailbox for the whole thread.
 * @throws {RangeError} when the window never opens, there is no mailbox, or a thread's mailbox is not among them.
 */
export function planSends(
  contacts: readonly PlannedContact[],
  mailboxes: readonly PlanningMailbox[],
  settings: PlanSettings,
): PlannedSend[] {
  if (contacts.length === 0) return [];
  if (mailboxes.length === 0)
    throw new RangeError("No mailbox is active; add or resume one before planning.");
  const random = seededRandom(settings.seed);
  const windows = new Map<string, ZoneWindows>();
  // Gaps are counted from mails that have left, so the windows must know the days back to the earliest of them.
  const from = contacts.reduce((at, { left }) => Math.min(at, left?.at ?? at), settings.startAt);
  for (const { zone } of contacts) {
    if (!windows.has(zone)) windows.set(zone, new ZoneWindows(zone, settings.window, from));
  }
  const allTaken = [...mailboxes.map((mailbox) => mailbox.taken), settings.takenElsewhere ?? []]
    .flat()
    .sort((a, b) => a - b);
  const deskHour = new RollingLimit(settings.hourlyLimit, HOUR_MS, allTaken);
  const deskDay = new RollingLimit(settings.dailyLimit, DAY_MS, allTaken);
  const ownDay = new RollingLimit(
    settings.campaignDailyLimit ?? Number.POSITIVE_INFINITY,
    DAY_MS,
    settings.campaignTaken,
  );
  const shared = [deskHour, deskDay, ownDay];
  const lanes = openLanes(contacts, mailboxes, windows, settings);
  const plan: PlannedSend[] = [];
  const steps = settings.gapBusinessDays.length;
  let remaining = contacts.reduce((sum, { left }) => sum + Math.max(0, steps - (left?.step ?? 0)), 0);

  while (remaining > 0) {
    const lane = earliest(lanes);
    const at = lane.cursor;
    const free = Math.max(freeIn(shared, at), freeIn(lane.limits, at));
    if (free > at || lane.taken.has(at)) {
      lane.cursor = Math.max(wholeSecond(free), at + (lane.taken.has(at) ? 1000 : 0));
      continue;
    }
    const pick = takeNext(lane, at);
    if (typeof pick === "number") {
      lane.cursor = pick;
      continue;
    }
    for (const limit of shared) limit.record(at);
    for (const limit of lane.limits) limit.record(at);
    plan.push({
      contactId: pick.contact.contactId,
      mailboxId: lane.mailbox.mailboxId,
      step: pick.step,
      dueAt: at,
    });
    remaining--;
    queueFollowUp(lane, pick.contact, pick.step, at, settings);
    lane.cursor = at + pauseAfter(lane, settings, random);
  }
  return plan;
}

function freeIn(limits: readonly RollingLimit[], at: number): number {
  let free = at;
  for (const limit of limits) free = Math.max(free, limit.freeAt(at));
  return free;
}

function openLanes(
  contacts: readonly PlannedContact[],
  mailboxes: readonly PlanningMailbox[],
  windows: ReadonlyMap<string, ZoneWindows>,
  settings: PlanSettings,
): Lane[] {
  const lanes = mailboxes.map(
    (mailbox): Lane => ({
      mailbox,
      limits: [
        new RollingLimit(mailbox.hourlyLimit, HOUR_MS, mailbox.taken),
        new RollingLimit(mailbox.dailyLimit, DAY_MS, mailbox.taken),
      ],
      taken: new Set(mailbox.taken.map(wholeSecond)),
      queues: [],
      byZone: new Map(),
      cursor: wholeSecond(settings.startAt),
      sentInBatch: 0,
    }),
  );
  const byMailbox = new Map(lanes.map((lane) => [lane.mailbox.mailboxId, lane]));
  contacts.forEach((contact, index) => {
    const lane = contact.mailboxId ? byMailbox.get(contact.mailboxId) : lanes[index % lanes.length];
    if (!lane)
      throw new RangeError(`The mailbox of the thread with contact ${contact.contactId} is not there.`);
    let queue = lane.byZone.get(contact.zone);
    if (!queue) {
      queue = {
        windows: windows.get(contact.zone) as ZoneWindows,
        firsts: [],
        next: 0,
        followUps: new FollowUpQueue(),
      };
      lane.byZone.set(contact.zone, queue);
      lane.queues.push(queue);
    }
    if (contact.left) queueFollowUp(lane, contact, contact.left.step, contact.left.at, settings);
    else queue.firsts.push(contact);
  });
  return lanes;
}

function earliest(lanes: readonly Lane[]): Lane {
  let best: Lane | undefined;
  for (const lane of lanes) {
    if (!best || lane.cursor < best.cursor) best = lane;
  }
  return best as Lane;
}

interface Pick {
  readonly contact: PlannedContact;
  readonly step: number;
}

/** Takes what this lane sends at `at`: the follow-up that waits longest, else a first mail. Else the instant at which it has something. */
function takeNext(lane: Lane, at: number): Pick | number {
  let later = Number.POSITIVE_INFINITY;
  let chosen: ZoneQueue | undefined;
  for (const queue of lane.queues) {
    const head = queue.followUps.peek();
    if (!head) continue;
    const opens = queue.windows.nextOpen(Math.max(at, head.notBefore));
    if (opens > at) later = Math.min(later, opens);
    else if (!chosen || isBefore(head, chosen.followUps.peek() as FollowUp)) chosen = queue;
  }
  const followUp = chosen?.followUps.pop();
  if (followUp) return followUp;
  for (const queue of lane.queues) {
    const contact = queue.firsts[queue.next];
    if (!contact) continue;
    const opens = queue.windows.nextOpen(at);
    if (opens > at) {
      later = Math.min(later, opens);
      continue;
    }
    queue.next++;
    return { contact, step: 1 };
  }
  return later;
}

function queueFollowUp(
  lane: Lane,
  contact: PlannedContact,
  step: number,
  sentAt: number,
  settings: PlanSettings,
): void {
  const gap = settings.gapBusinessDays[step];
  const queue = lane.byZone.get(contact.zone);
  if (gap === undefined || !queue) return;
  const notBefore = queue.windows.opensAfter(sentAt, gap);
  queue.followUps.push({ contact, step: step + 1, notBefore: Math.max(notBefore, sentAt + 1000) });
}

function pauseAfter(lane: Lane, settings: PlanSettings, random: () => number): number {
  const spread = settings.spacingMaxS - settings.spacingMinS;
  const spacing = Math.max(1, Math.round(settings.spacingMinS + random() * spread));
  lane.sentInBatch++;
  if (lane.sentInBatch < settings.batchSize) return spacing * 1000;
  lane.sentInBatch = 0;
  return Math.max(spacing, settings.batchPauseS) * 1000;
}

function wholeSecond(at: number): number {
  return Math.ceil(at / 1000) * 1000;
}
