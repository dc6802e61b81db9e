import { ZoneWindows } from "@/lib/schedule/send-window";
import { afterGap } from "./after-gap";
import { Lane } from "./lane";
import { Ledger } from "./ledger";
import { paceAfter } from "./pace";
import type { MailQueue, QueuedMail } from "./queue";
import type { Situation, SituationCampaign, SituationMail } from "./situation";

const SHORTLY_MS = 10 * 60_000;
/** A mail that leaves later than this after its time was held up by something a person wants to know. */
const LATE_MS = 2 * 60_000;

export interface ForecastMail {
  readonly mail: SituationMail;
  readonly mailbox: string;
  /** Epoch milliseconds at which it would leave */
  readonly at: number;
  /** What held it up, when it would leave later than planned */
  readonly heldBy: string | null;
}

export interface Forecast {
  readonly leaves: readonly ForecastMail[];
  /** Mails that would be skipped at their turn, with the reason */
  readonly skips: readonly { readonly mail: SituationMail; readonly at: number; readonly why: string }[];
}

interface Fate {
  readonly status: string;
  readonly sentAt: number;
}

/**
 * What the dispatchers would hand over until `until` (epoch milliseconds), in which order and when: the reservation's own
 * rules on rows held in memory, with every relay answering at once and nobody replying. Pure. A test lets the database
 * send the same mails and compares.
 */
export function simulateSending(situation: Situation, until: number): Forecast {
  return new Simulation(situation).run(until);
}

class Simulation {
  private readonly ledger: Ledger;
  private readonly lanes: Lane[];
  private readonly fates = new Map<string, Fate>();
  private readonly windows = new Map<string, ZoneWindows>();
  private readonly leaves: ForecastMail[] = [];
  private readonly skips: { mail: SituationMail; at: number; why: string }[] = [];

  constructor(private readonly situation: Situation) {
    this.ledger = new Ledger(situation);
    this.lanes = situation.mailboxes.map(
      (mailbox) =>
        new Lane(
          mailbox,
          situation.mails.filter((mail) => mail.mailboxId === mailbox.id),
          situation.now,
        ),
    );
  }

  run(until: number): Forecast {
    while (this.situation.stoppedBecause === null) {
      let lane: Lane | undefined;
      for (const other of this.lanes) if (!lane || other.cursor < lane.cursor) lane = other;
      if (!lane || lane.cursor > until) break;
      this.reserve(lane, lane.cursor);
    }
    return { leaves: this.leaves, skips: this.skips };
  }

  private reserve(lane: Lane, now: number): void {
    const limit = this.ledger.fullLimit(lane.mailbox, now);
    if (limit) {
      lane.cursor = limit.until;
      lane.heldBy = limit.reason;
      return;
    }
    // Only campaigns with mail that is due are asked, as in a reservation.
    const full = new Map<string, number>();
    for (const campaignId of lane.dueCampaigns(now)) {
      const until = this.ledger.campaignFreesAt(campaignId, now);
      if (until !== null) full.set(campaignId, until);
    }
    const isFull = (id: string | null) => id !== null && full.has(id);
    for (const { queue, queued } of lane.candidates(now)) {
      if (isFull(queued.mail.campaignId) || this.isHeld(queue, queued, now)) continue;
      queue.remove(queued);
      this.leave(lane, queued, now);
      return;
    }
    const wake = lane.nextWake(now, isFull, full.size > 0 ? Math.min(...full.values()) : null);
    if (wake?.reason) lane.heldBy = wake.reason;
    // A wake that is not later would be asked again at once, for ever.
    lane.cursor = wake ? Math.max(wake.until, now + 1) : Number.POSITIVE_INFINITY;
  }

  /** Skips or postpones a mail that may not leave now, as a reservation does; false when it may. */
  private isHeld(queue: MailQueue, queued: QueuedMail, now: number): boolean {
    const { mail } = queued;
    const skip = (why: string) => {
      queue.remove(queued);
      this.skips.push({ mail, at: now, why });
      this.noteFate(mail, { status: "skipped", sentAt: now });
      return true;
    };
    const why = mail.ended ?? mail.barred;
    if (why !== null) return skip(why);
    const campaign = mail.campaignId ? this.situation.campaigns.get(mail.campaignId) : undefined;
    if (mail.kind === "manual_reply" || !campaign || mail.zone === null) return false;
    if ((mail.step ?? 1) > 1) {
      const before = this.fateBefore(mail);
      if (before === null || ["skipped", "cancelled", "failed"].includes(before.status))
        return skip("the mail before it did not leave");
      const notBefore =
        before.status === "sent"
          ? afterGap(before.sentAt, mail.gap ?? 0, mail.zone, campaign.window)
          : now + SHORTLY_MS;
      if (notBefore > now) {
        queue.postpone(queued, notBefore);
        return true;
      }
    }
    const opensAt = this.windowOf(mail.zone, mail.campaignId ?? "", campaign).nextOpen(now);
    if (opensAt > now) queue.postpone(queued, opensAt);
    return opensAt > now;
  }

  private leave(lane: Lane, { mail, dueAt }: QueuedMail, now: number): void {
    const isLate = now - mail.dueAt > LATE_MS;
    if (!isLate) lane.heldBy = null;
    const heldBy = isLate ? sayHeld(lane, mail, dueAt) : null;
    this.leaves.push({ mail, mailbox: lane.mailbox.address, at: now, heldBy });
    this.ledger.add(lane.mailbox.id, mail.campaignId, now);
    this.noteFate(mail, { status: "sent", sentAt: now });
    const campaign = mail.campaignId ? this.situation.campaigns.get(mail.campaignId) : undefined;
    if (mail.kind === "sequence" && campaign)
      lane.pace = paceAfter(lane.pace, campaign, mail.spacingS ?? 0, now);
  }

  private noteFate(mail: SituationMail, fate: Fate): void {
    if (mail.enrollmentId) this.fates.set(`${mail.enrollmentId} ${mail.step}`, fate);
  }

  private fateBefore(mail: SituationMail): Fate | null {
    const simulated = this.fates.get(`${mail.enrollmentId} ${(mail.step ?? 1) - 1}`);
    if (simulated) return simulated;
    return mail.beforeStatus === null ? null : { status: mail.beforeStatus, sentAt: mail.beforeSentAt ?? 0 };
  }

  private windowOf(zone: string, campaignId: string, campaign: SituationCampaign): ZoneWindows {
    const key = `${campaignId} ${zone}`;
    const window = this.windows.get(key) ?? new ZoneWindows(zone, campaign.window, this.situation.now);
    this.windows.set(key, window);
    return window;
  }
}

function sayHeld(lane: Lane, mail: SituationMail, dueAt: number): string {
  if (dueAt > mail.dueAt) return "the send window, or the mail before it";
  return lane.heldBy ?? "the mails before it";
}
