import type { SituationMail } from "./situation";

export interface QueuedMail {
  readonly mail: SituationMail;
  readonly dueAt: number;
}

/** Answers of a person, then follow-ups, then first mails: each a queue of its own. */
export function queueOf(mail: SituationMail): 0 | 1 | 2 {
  if (mail.kind === "manual_reply") return 0;
  return (mail.step ?? 1) > 1 ? 1 : 2;
}

/** Mails by due time, then step, then id, as the database reads them. */
export class MailQueue {
  private readonly mails: QueuedMail[];

  constructor(mails: readonly SituationMail[]) {
    this.mails = mails.map((mail) => ({ mail, dueAt: mail.dueAt })).sort(compare);
  }

  /** The mails due at `now`, in order; safe to remove from and put back into while looking. */
  due(now: number): QueuedMail[] {
    const end = this.mails.findIndex((queued) => queued.dueAt > now);
    return end === -1 ? [...this.mails] : this.mails.slice(0, end);
  }

  /** The first mail that fits, due or not. */
  find(fits: (queued: QueuedMail) => boolean): QueuedMail | undefined {
    return this.mails.find(fits);
  }

  remove(queued: QueuedMail): void {
    this.mails.splice(this.mails.indexOf(queued), 1);
  }

  postpone(queued: QueuedMail, dueAt: number): void {
    this.remove(queued);
    const later = { mail: queued.mail, dueAt };
    let low = 0;
    let high = this.mails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.mails[middle] as QueuedMail, later) < 0) low = middle + 1;
      else high = middle;
    }
    this.mails.splice(low, 0, later);
  }
}

function compare(a: QueuedMail, b: QueuedMail): number {
  return (
    a.dueAt - b.dueAt || (a.mail.step ?? 0) - (b.mail.step ?? 0) || (a.mail.id < b.mail.id ? -1 : 1) // an id is never there twice
  );
}
