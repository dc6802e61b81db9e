import { ask } from "./ask";
import { column, type MetricsTable, shareOf } from "./table";
import { viewHref } from "./view";

const RATES = [
  column("sent", "Sent"),
  column("bounced", "Bounced"),
  column("bounceRate", "Bounce rate", "share"),
  column("complained", "Complaints"),
  column("complaintRate", "Complaint rate", "share"),
];
const rates = ({ sent, bounced, complained }: { sent: number; bounced: number; complained: number }) => ({
  sent,
  bounced,
  complained,
  bounceRate: shareOf(bounced, sent),
  complaintRate: shareOf(complained, sent),
});

type Counts = { sent: number; bounced: number; complained: number };
const linksTo = (row: Counts, hrefOf: (of: string) => string) => ({
  sent: row.sent > 0 ? hrefOf("mails-sent") : undefined,
  bounced: row.bounced > 0 ? hrefOf("bounced") : undefined,
  complained: row.complained > 0 ? hrefOf("complained") : undefined,
  bounceRate: row.bounced > 0 ? hrefOf("bounced") : undefined,
  complaintRate: row.complained > 0 ? hrefOf("complained") : undefined,
});

const hourOf = (at: string) => new Date(at).toISOString();
const usedHref = (hours: number, mailbox: string | null) =>
  `/metrics/rows?of=used&hours=${hours}${mailbox === null ? "" : `&mailbox=${mailbox}`}`;

export const sendingTables = {
  "send-days": {
    title: "Mails sent per day",
    columns: [column("day", "Day", "day"), ...RATES, column("busiest", "Busiest hour")],
    load: async (db, view) =>
      (await ask.sends(db, view, "day")).map((row) => ({
        id: row.key,
        cells: { day: row.key, ...rates(row), busiest: row.busiest_hour },
        links: {
          ...linksTo(row, (of) =>
            viewHref("/metrics/rows", view, { of, days: undefined, from: row.key, to: row.key }),
          ),
          busiest: viewHref("/metrics/rows", view, { of: "mails-sent", hour: hourOf(row.busiest_at) }),
        },
      })),
  },
  mailboxes: {
    title: "By mailbox",
    columns: [column("mailbox", "Mailbox", "text"), ...RATES, column("busiest", "Busiest hour")],
    load: async (db, view) =>
      (await ask.sends(db, view, "mailbox")).map((row) => ({
        id: row.key,
        cells: { mailbox: row.name, ...rates(row), busiest: row.busiest_hour },
        links: {
          ...linksTo(row, (of) => viewHref("/metrics/rows", view, { of, mailbox: row.key })),
          busiest: viewHref("/metrics/rows", view, {
            of: "mails-sent",
            mailbox: row.key,
            hour: hourOf(row.busiest_at),
          }),
        },
      })),
  },
  domains: {
    title: "By domain",
    columns: [column("domain", "Domain", "text"), ...RATES],
    load: async (db, view) =>
      (await ask.domains(db, view)).map((row) => ({
        id: row.domain,
        cells: { domain: row.domain, ...rates(row) },
        links: linksTo(row, (of) =>
          viewHref("/metrics/rows", view, {
            of,
            domain: row.domain,
            months: `${view.from.slice(0, 7)}..${view.to.slice(0, 7)}`,
            search: undefined,
            market: undefined,
          }),
        ),
      })),
  },
  limits: {
    title: "Against the limits, now",
    columns: [
      column("name", "Mailbox", "text"),
      column("hour_used", "Last 60 minutes"),
      column("hour_limit", "Hourly limit"),
      column("day_used", "Last 24 hours"),
      column("day_limit", "Daily limit"),
    ],
    load: async (db) =>
      (await ask.limits(db)).map(({ mailbox_id, name, hour_used, hour_limit, day_used, day_limit }) => ({
        id: mailbox_id ?? "desk",
        cells: { name, hour_used, hour_limit, day_used, day_limit },
        links: {
          name: mailbox_id === null ? undefined : "/settings/mailboxes",
          hour_used: hour_used > 0 ? usedHref(1, mailbox_id) : undefined,
          day_used: day_used > 0 ? usedHref(24, mailbox_id) : undefined,
        },
      })),
  },
} satisfies Record<string, MetricsTable>;
