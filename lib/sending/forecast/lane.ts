import type { Hold } from "./ledger";
import { MailQueue, type QueuedMail, queueOf } from "./queue";
import type { Pace, SituationMail, SituationMailbox } from "./situation";

const QUEUES = [0, 1, 2] as const;

/** One mailbox on its way through the simulation. */
export class Lane {
  readonly queues: readonly MailQueue[];
  pace: Pace;
  /** Epoch milliseconds at which it looks for mail next; infinity when it has nothing left */
  cursor: number;
  /** What held it up last */
  heldBy: string | null = null;

  constructor(
    readonly mailbox: SituationMailbox,
    mails: readonly SituationMail[],
    now: number,
  ) {
    this.pace = mailbox.pace;
    this.cursor = now;
    this.queues = QUEUES.map((queue) => new MailQueue(mails.filter((mail) => queueOf(mail) === queue)));
  }

  /** Campaigns with a mail that is due. */
  dueCampaigns(now: number): Set<string> {
    const due = this.queues.flatMap((queue) => queue.due(now));
    return new Set(due.flatMap(({ mail }) => mail.campaignId ?? []));
  }

  /** Mails that may be looked at now, in the order of a reservation: what the pace keeps back is left out. */
  *candidates(now: number): Generator<{ queue: MailQueue; queued: QueuedMail }> {
    const { floorAt, freeAt, handedAt } = this.pace;
    for (const [index, queue] of this.queues.entries()) {
      if (index > 0 && floorAt !== null && floorAt > now) return;
      const after = index > 0 && freeAt !== null && freeAt > now ? (handedAt ?? 0) : Number.NEGATIVE_INFINITY;
      for (const queued of queue.due(now)) if (queued.dueAt > after) yield { queue, queued };
    }
  }

  /** When there is something to look at next, as `next_wake` says it; null when there is nothing. */
  nextWake(
    now: number,
    isFull: (campaignId: string | null) => boolean,
    fullUntil: number | null,
  ): Hold | null {
    const handedAt = this.pace.handedAt ?? Number.NEGATIVE_INFINITY;
    const counts = ({ mail }: QueuedMail) => mail.ended === null && !isFull(mail.campaignId);
    const sequence = this.queues.slice(1);
    const answer = this.queues[0]?.find(() => true)?.dueAt ?? Number.POSITIVE_INFINITY;
    const first = (fits: (queued: QueuedMail) => boolean) =>
      Math.min(...sequence.map((queue) => queue.find(fits)?.dueAt ?? Number.POSITIVE_INFINITY));
    const overdue = first((queued) => queued.dueAt <= handedAt && counts(queued));
    const planned = first((queued) => queued.dueAt > handedAt && counts(queued));
    const until = Math.min(
      answer,
      Math.max(overdue, this.pace.freeAt ?? Number.NEGATIVE_INFINITY),
      Math.max(planned, this.pace.floorAt ?? Number.NEGATIVE_INFINITY),
    );
    if (fullUntil !== null && fullUntil < until)
      return { until: fullUntil, reason: "daily limit of the campaign reached" };
    if (until === Number.POSITIVE_INFINITY) return null;
    const isPaced = until > now && Math.min(overdue, planned) <= now;
    return { until, reason: isPaced && this.pace.rests ? "the mailbox rests after a batch" : "" };
  }
}
