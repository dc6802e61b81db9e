import { z } from "zod";

/** What the dashboard's SQL functions answer. Durations are milliseconds, costs millionths of a dollar, shares basis points. */
const count = z.coerce.number();
const maybe = count.nullable();
const text = z.string();

export const funnelAnswer = z.array(
  z.object({
    key: text,
    search_id: text.nullable(),
    name: text,
    properties: count,
    contacts: count,
    enrolled: count,
    sent: count,
    delivered: count,
    replied: count,
    interested: count,
    priced: count,
  }),
);
export const agentsAnswer = z.array(
  z.object({
    agent: text,
    agent_version: text,
    model: text,
    runs: count,
    succeeded: count,
    failed: count,
    answered: count,
    first_pass: count,
    p50_ms: maybe,
    p95_ms: maybe,
    input_tokens: count,
    output_tokens: count,
    cost_microusd: count,
    learnings: maybe,
    last_at: text,
  }),
);
export const agentDaysAnswer = z.array(
  z.object({ day: text, agent: text, runs: count, failed: count, cost_microusd: count }),
);
export const checkpointsAnswer = z.array(
  z.object({
    checkpoint: text,
    agent: text,
    mode: z.enum(["plan", "auto"]),
    waiting: count,
    oldest_at: text.nullable(),
    decided: count,
    approved: count,
    revisions: maybe,
    by_auto: count,
    p50_ms: maybe,
    p95_ms: maybe,
  }),
);
export const agreementAnswer = z.array(
  z.object({
    week: text,
    checkpoint: text,
    judged: count,
    unchanged: count,
    edited: count,
    changes_asked: count,
    rejected: count,
  }),
);
export const learningsAnswer = z.array(
  z.object({
    agent: text,
    in_use: count,
    said: count,
    measured: count,
    better: count,
    worse: count,
    mean_bps: maybe,
  }),
);
export const effectsAnswer = z.array(
  z.object({
    id: text,
    agent: text,
    words: text,
    outcome: text.nullable(),
    effect_bps: count,
    measured_at: text,
    runs: count,
  }),
);
export const confusionAnswer = z.array(z.object({ predicted: text, correct: text, mails: count }));
export const calibrationAnswer = z.array(
  z.object({ bin: count, mails: count, correct: count, confidence: count }),
);
export const repliesAnswer = z.array(
  z.object({
    category: text.nullable(),
    mails: count,
    by_agent: count,
    routed: count,
    answered: count,
    routed_p50_ms: maybe,
    routed_p95_ms: maybe,
    answered_p50_ms: maybe,
    answered_p95_ms: maybe,
  }),
);
export const replyWeeksAnswer = z.array(
  z.object({ week: text, mails: count, routed_p50_ms: maybe, answered: count, answered_p50_ms: maybe }),
);
export const sendsAnswer = z.array(
  z.object({
    key: text,
    name: text,
    sent: count,
    bounced: count,
    complained: count,
    busiest_hour: count,
    busiest_at: text,
  }),
);
export const domainsAnswer = z.array(
  z.object({ domain: text, sent: count, bounced: count, complained: count }),
);
export const limitsAnswer = z.array(
  z.object({
    mailbox_id: text.nullable(),
    name: text,
    status: text.nullable(),
    hour_used: count,
    hour_limit: count,
    day_used: count,
    day_limit: count,
    warming_up: z.boolean(),
  }),
);

export type Funnel = z.infer<typeof funnelAnswer>[number];
export type Confusion = z.infer<typeof confusionAnswer>;
export type Calibration = z.infer<typeof calibrationAnswer>;
