import { z } from "zod";
import type { ForecastMail } from "./simulate-sending";

const PAGE = 100;

export const forecastViewSchema = z.object({
  hours: z.enum(["1", "24", "72", "168"]).catch("24"),
  after: z
    .string()
    .regex(/^\d+~[0-9a-f-]{36}$/)
    .optional()
    .catch(undefined),
});

/** A page of the mails that would leave, by when and id; a page stays where it is although each view computes anew. */
export function pageOfForecast(
  leaves: readonly ForecastMail[],
  after: string | undefined,
): { rows: readonly ForecastMail[]; next: string | null } {
  const keyOf = (row: ForecastMail) => `${row.at}~${row.mail.id}`;
  const [at, id = ""] = after?.split("~") ?? [];
  const start =
    at === undefined
      ? 0
      : leaves.findIndex((row) => row.at > Number(at) || (row.at === Number(at) && row.mail.id > id));
  const rest = start === -1 ? [] : leaves.slice(start);
  const rows = rest.slice(0, PAGE);
  const last = rows.at(-1);
  return { rows, next: last && rest.length > PAGE ? keyOf(last) : null };
}

/** Mails per mailbox with the first and last time, in the order they would begin. */
export function sumByMailbox(
  leaves: readonly ForecastMail[],
): { mailbox: string; mails: number; first: number; last: number }[] {
  const sums = new Map<string, { mailbox: string; mails: number; first: number; last: number }>();
  for (const { mailbox, at } of leaves) {
    const sum = sums.get(mailbox);
    if (sum) {
      sum.mails++;
      sum.last = at;
    } else sums.set(mailbox, { mailbox, mails: 1, first: at, last: at });
  }
  return [...sums.values()];
}

/** How many would be skipped for each reason, the most frequent first. */
export function sumSkips(skips: readonly { readonly why: string }[]): { why: string; mails: number }[] {
  const sums = new Map<string, number>();
  for (const { why } of skips) sums.set(why, (sums.get(why) ?? 0) + 1);
  return [...sums].map(([why, mails]) => ({ why, mails })).sort((a, b) => b.mails - a.mails);
}
