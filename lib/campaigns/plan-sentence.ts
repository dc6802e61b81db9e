import type { PlanTotals } from "./plan-campaign";

/** "Approving sends 312 mails to 104 contacts between Tue, Nov 24, 9:04 AM and Thu, Dec 3, 4:50 PM PST from 2 mailboxes." */
export function planSentence(totals: Omit<PlanTotals, "planHash">, timeZone: string): string {
  const mails = count(totals.sends, "mail");
  const contacts = count(totals.enrolled, "contact");
  const mailboxes = count(totals.mailboxes, "mailbox", "mailboxes");
  if (!totals.firstDueAt || !totals.lastDueAt) return `Approving sends nothing: no mail could be placed.`;
  const first = formatInstant(totals.firstDueAt, timeZone, false);
  const last = formatInstant(totals.lastDueAt, timeZone, true);
  return `Approving sends ${mails} to ${contacts} between ${first} and ${last} from ${mailboxes}.`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}

/** An instant in a zone, as "Tue, Nov 24, 9:04 AM PST". */
export function formatInstant(iso: string, timeZone: string, withZone: boolean): string {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    ...(withZone ? { timeZoneName: "short" } : {}),
  }).format(new Date(iso));
}
