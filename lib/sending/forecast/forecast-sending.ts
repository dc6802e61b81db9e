import "server-only";
import type { Db } from "@/lib/server/client-options";
import { serviceDb } from "@/lib/server/service-client";
import { loadSituation, MOST_MAILS } from "./load-situation";
import { type Forecast, type ForecastMail, simulateSending } from "./simulate-sending";

const DAY_MS = 86_400_000;
const SHOWN = 50;

export interface ForecastReport extends Forecast {
  /** Why nothing would leave at all, when the kill switch is pulled */
  readonly stoppedBecause: string | null;
  /** Scheduled mails in the span that would not leave in it: held by a limit, a window, or the pace */
  readonly stays: number;
  /** More was due than one simulation takes; the end is cut off */
  readonly isCut: boolean;
}

/** What would leave until `until`, when, and from which mailbox. Reads only: not one row is changed. */
export async function forecastSending(db: Db, until: number, now = Date.now()): Promise<ForecastReport> {
  const situation = await loadSituation(db, now, until);
  const forecast = simulateSending(situation, until);
  return {
    ...forecast,
    stoppedBecause: situation.stoppedBecause,
    stays: situation.mails.length - forecast.leaves.length - forecast.skips.length,
    isCut: situation.mails.length >= MOST_MAILS,
  };
}

/** The dry run of one mailbox's dispatcher: what it would hand over in a day, as its run shows it. */
export async function forecastMailbox(
  mailboxId: string,
): Promise<{ mails: number; first: { at: string; to: string; subject: string }[] }> {
  const { leaves } = await forecastSending(serviceDb(), Date.now() + DAY_MS);
  const own = leaves.filter(({ mail }) => mail.mailboxId === mailboxId);
  return { mails: own.length, first: own.slice(0, SHOWN).map(describe) };
}

function describe({ mail, at }: ForecastMail) {
  return { at: new Date(at).toISOString(), to: mail.to, subject: mail.subject };
}
