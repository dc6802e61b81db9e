import { FollowUpQueue } from "./follow-up-queue";
import type { PlannedContact } from "./planned-contact";
import { seededRandom } from "./random";
import { RollingLimit } from "./rolling-limit";
import { type SendWindow, ZoneWindows } from "./send-window";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface PlanningMailbox {
  readonly mailboxId: string;
  readonly hourlyLimit: number;
  readonly dailyLimit: number;
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
  readonly hourlyLimit: number;
  readonly dailyLimit: number;
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

interface Lane {
  readonly mailbox: PlanningMailbox;
  readonly hour: RollingLimit;
  readonly day: RollingLimit;
  readonly taken: ReadonlySet<number>;
  /** First mails still to place, per zone, first in first out */
  readonly firsts: Map<string, { readonly contacts: PlannedContact[]; next: number }>;
  readonly followUps: Map<string, FollowUpQueue>;
  cursor: number;
  sentInBatch: number;
}

/**
 * Places every mail of a campaign in time: pure, seeded, linear in the number of mails.
 *
 * One lane per mailbox walks forward in time. At each instant it sends a follow-up that is due before a first mail, only
 * to contacts whose own window is open, spaced at random, with a pause after each batch, and within the rolling hourly
 * and daily limits of the mailbox and of the desk. A contact keeps one mailbox for the whole thread.
 * @throws {RangeError} when the window never opens or there is no mailbox.
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
  for (const { zone } of contacts) {
    if (!windows.has(zone)) windows.set(zone, new ZoneWindows(zone, settings.window, settings.startAt));
  }
  const allTaken = mailboxes.flatMap((mailbox) => mailbox.taken).sort((a, b) => a - b);
  const deskHour = new RollingLimit(settings.hourlyLimit, HOUR_MS, allTaken);
  const deskDay = new RollingLimit(settings.dailyLimit, DAY_MS, allTaken);
  const lanes = openLanes(contacts, mailboxes, settings.startAt);
  const plan: PlannedSend[] = [];
  let remaining = contacts.length * settings.gapBusinessDays.length;

  while (remaining > 0) {
    const lane = earliest(lanes);
    const at = lane.cursor;
    const pick = nextOf(lane, at, windows);
    if (typeof pick === "number") {
      lane.cursor = pick;
      continue;
    }
    const free = Math.max(deskHour.freeAt(at), deskDay.freeAt(at), lane.hour.freeAt(at), lane.day.freeAt(at));
    if (free > at || lane.taken.has(at)) {
      pick.putBack();
      lane.cursor = Math.max(wholeSecond(free), at + (lane.taken.has(at) ? 1000 : 0));
      continue;
    }
    for (const limit of [deskHour, deskDay, lane.hour, lane.day]) limit.record(at);
    plan.push({
      contactId: pick.contact.contactId,
      mailboxId: lane.mailbox.mailboxId,
      step: pick.step,
      dueAt: at,
    });
    remaining--;
    queueFollowUp(lane, pick.contact, pick.step, at, windows, settings);
    lane.cursor = at + pauseAfter(lane, settings, random);
  }
  return plan;
}

function openLanes(
  contacts: readonly PlannedContact[],
  mailboxes: readonly PlanningMailbox[],
  startAt: number,
): Lane[] {
  const lanes = mailboxes.map(
    (mailbox): Lane => ({
      mailbox,
      hour: new RollingLimit(mailbox.hourlyLimit, HOUR_MS, mailbox.taken),
      day: new RollingLimit(mailbox.dailyLimit, DAY_MS, mailbox.taken),
      taken: new Set(mailbox.taken.map(wholeSecond)),
      firsts: new Map(),
      followUps: new Map(),
      cursor: wholeSecond(startAt),
      sentInBatch: 0,
    }),
  );
  contacts.forEach((contact, index) => {
    const lane = lanes[index % lanes.length] as Lane;
    const queue = lane.firsts.get(contact.zone);
    if (queue) queue.contacts.push(contact);
    else lane.firsts.set(contact.zone, { contacts: [contact], next: 0 });
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
  putBack(): void;
}

/** What this lane sends at `at`, or the later instant at which it has something to send. */
function nextOf(lane: Lane, at: number, windows: ReadonlyMap<string, ZoneWindows>): Pick | number {
  let later = Number.POSITIVE_INFINITY;
  for (const [zone, queue] of lane.followUps) {
    const head = queue.peek();
    if (!head) continue;
    const opens = (windows.get(zone) as ZoneWindows).nextOpen(Math.max(at, head.notBefore));
    if (opens > at) {
      later = Math.min(later, opens);
      continue;
    }
    queue.pop();
    return { contact: head.contact, step: head.step, putBack: () => queue.push(head) };
  }
  for (const [zone, queue] of lane.firsts) {
    const contact = queue.contacts[queue.next];
    if (!contact) {
      lane.firsts.delete(zone);
      continue;
    }
    const opens = (windows.get(zone) as ZoneWindows).nextOpen(at);
    if (opens > at) {
      later = Math.min(later, opens);
      continue;
    }
    queue.next++;
    return {
      contact,
      step: 1,
      putBack: () => {
        queue.next--;
        // The queue may have been emptied by this very contact.
        lane.firsts.set(zone, queue);
      },
    };
  }
  return later;
}

function queueFollowUp(
  lane: Lane,
  contact: PlannedContact,
  step: number,
  sentAt: number,
  windows: ReadonlyMap<string, ZoneWindows>,
  settings: PlanSettings,
): void {
  const gap = settings.gapBusinessDays[step];
  if (gap === undefined) return;
  const notBefore = (windows.get(contact.zone) as ZoneWindows).opensAfter(sentAt, gap);
  const queue = lane.followUps.get(contact.zone) ?? new FollowUpQueue();
  lane.followUps.set(contact.zone, queue);
  queue.push({ contact, step: step + 1, notBefore: Math.max(notBefore, sentAt + 1000) });
  // The lane may have run dry and be waiting at infinity.
  if (lane.cursor === Number.POSITIVE_INFINITY) lane.cursor = notBefore;
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
