import type { MailboxLimits } from "@/lib/schedule/mailbox-limits";
import type { SendWindow } from "@/lib/schedule/send-window";

/** Everything a reservation looks at, read once. Instants are epoch milliseconds. */
export interface Situation {
  readonly now: number;
  readonly desk: { readonly zone: string; readonly hourlyLimit: number; readonly dailyLimit: number };
  /** Set while the kill switch is pulled: nothing leaves. */
  readonly stoppedBecause: string | null;
  readonly mailboxes: readonly SituationMailbox[];
  readonly campaigns: ReadonlyMap<string, SituationCampaign>;
  readonly mails: readonly SituationMail[];
  readonly ledger: readonly {
    readonly mailboxId: string;
    readonly campaignId: string | null;
    readonly at: readonly number[];
  }[];
}

export interface SituationMailbox {
  readonly id: string;
  readonly address: string;
  readonly hourlyLimit: number;
  readonly limits: MailboxLimits;
  readonly pace: Pace;
}

export interface Pace {
  readonly handedAt: number | null;
  readonly floorAt: number | null;
  readonly freeAt: number | null;
  readonly inBatch: number;
  readonly rests: boolean;
}

export interface SituationCampaign {
  readonly window: SendWindow;
  readonly dailyLimit: number | null;
  readonly spacingMinS: number;
  readonly batchSize: number;
  readonly batchPauseS: number;
}

export interface SituationMail {
  readonly id: string;
  readonly kind: "sequence" | "manual_reply";
  readonly step: number | null;
  readonly mailboxId: string;
  readonly campaignId: string | null;
  readonly campaign: string | null;
  readonly contactId: string;
  readonly enrollmentId: string | null;
  readonly dueAt: number;
  readonly to: string;
  readonly subject: string;
  readonly zone: string | null;
  readonly gap: number | null;
  readonly beforeStatus: string | null;
  readonly beforeSentAt: number | null;
  /** Why the enrollment ended, if it did */
  readonly ended: string | null;
  /** Why the contact must not be mailed, if so */
  readonly barred: string | null;
  readonly spacingS: number | null;
}
