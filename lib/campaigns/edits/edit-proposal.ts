import { z } from "zod";
import { changeable } from "../changeable";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time like 09:00");

/** What a person changes of a campaign that runs. What is absent stays. */
export const editChangesSchema = z.object({
  ...changeable,
  /** Nothing that has not left leaves before this instant. */
  startAt: changeable.startAt,
  windowStart: clock.optional(),
  windowEnd: clock.optional(),
  /** Contacts who get nothing more of this campaign */
  leaveOut: z.array(z.uuid()).max(10_000).optional(),
});
export type EditChanges = z.infer<typeof editChangesSchema>;

/** Whether mails are placed in time anew, not only written anew. */
export function isRetimed(changes: EditChanges): boolean {
  return ["startAt", "windowStart", "windowEnd", "dailyLimit", "gaps"].some(
    (name) => changes[name as keyof EditChanges] !== undefined,
  );
}

export const editSummarySchema = z.object({
  mails: z.number(),
  contacts: z.number(),
  rewritten: z.number(),
  moved: z.number(),
  firstBefore: z.string().nullable(),
  lastBefore: z.string().nullable(),
  firstAfter: z.string().nullable(),
  lastAfter: z.string().nullable(),
  /** Contacts who get nothing more, and how many of their mails do not leave */
  leftOut: z.number().default(0),
  leftOutMails: z.number().default(0),
  /** Contacts whose mails stay as they are, by reason */
  kept: z.record(z.string(), z.number()),
});
export type EditSummary = z.infer<typeof editSummarySchema>;

/** What the campaign checkpoint shows of an edit. `hash` stands for every changed mail, its words and its time. */
export const editProposalSchema = z.object({
  kind: z.literal("edit"),
  campaignId: z.uuid(),
  revision: z.number().int(),
  hash: z.string(),
  summary: editSummarySchema,
  timeZone: z.string(),
  notes: z.array(z.string()),
});
export type EditProposal = z.infer<typeof editProposalSchema>;

/** The run an edit's approvals belong to. */
export function editRunKey(campaignId: string): string {
  return `edit:${campaignId}`;
}

/** The changes in words, one line each. */
export function describeEdit(changes: EditChanges, formatInstant: (iso: string) => string): string[] {
  const { templates = [], startAt, windowStart, windowEnd, dailyLimit, gaps, leaveOut = [] } = changes;
  return [
    ...templates.map(({ step }) => `mail ${step} is rewritten`),
    ...(startAt ? [`nothing leaves before ${formatInstant(startAt)}`] : []),
    ...(windowStart ? [`the send window opens at ${windowStart}`] : []),
    ...(windowEnd ? [`the send window closes at ${windowEnd}`] : []),
    ...(dailyLimit ? [`at most ${dailyLimit.toLocaleString("en-US")} mails in any 24 hours`] : []),
    ...(leaveOut.length > 0
      ? [
          `${leaveOut.length.toLocaleString("en-US")} ${leaveOut.length === 1 ? "contact is" : "contacts are"} left out`,
        ]
      : []),
    ...(gaps ? [`gaps of ${gaps.join("/")} business days`] : []),
  ];
}
