import { z } from "zod";

export const RUN_STATUSES = ["queued", "running", "completed", "failed", "cancelled"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

const moment = z.string().nullish();

const rawRunSchema = z.object({
  id: z.string(),
  function: z
    .object({ id: z.string().nullish(), name: z.string().nullish(), slug: z.string().nullish() })
    .nullish(),
  status: z.string().nullish(),
  queuedAt: moment,
  startedAt: moment,
  endedAt: moment,
  trigger: z
    .object({
      eventIds: z.array(z.string()).nullish(),
      eventName: z.string().nullish(),
      cronSchedule: z.string().nullish(),
    })
    .nullish(),
  output: z.unknown().optional(),
  reason: z.string().nullish(),
  rerunOf: z.string().nullish(),
});

/** One run of a durable function, as both the embedded engine and an Inngest server answer it. */
export const runSchema = rawRunSchema.transform((raw) => ({
  id: raw.id,
  functionId: functionIdOf(raw.function),
  status: statusOf(raw.status, raw.endedAt),
  queuedAt: raw.queuedAt ?? null,
  startedAt: raw.startedAt ?? null,
  endedAt: raw.endedAt ?? null,
  eventId: raw.trigger?.eventIds?.[0] ?? null,
  eventName: raw.trigger?.eventName ?? null,
  cron: raw.trigger?.cronSchedule ?? null,
  output: raw.output ?? null,
  /** Why it is not getting on, where the engine says so. */
  reason: raw.reason ?? null,
  rerunOf: raw.rerunOf ?? null,
}));
export type EngineRun = z.infer<typeof runSchema>;

/** Some servers name a function `<app>-<id>`, some by its bare id, some by a UUID with the name beside it. */
export function functionIdOf(fn: z.infer<typeof rawRunSchema>["function"]): string {
  const isUuid = (id: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(id);
  const candidates = [fn?.id, fn?.slug, fn?.name].filter((id): id is string => Boolean(id));
  return (candidates.find((id) => !isUuid(id)) ?? candidates[0] ?? "unknown").replace(/^upstream-/, "");
}

/** An Inngest server infers a run's status from its steps and may say COMPLETED or FAILED while it still runs. */
export function statusOf(status: string | null | undefined, endedAt: string | null | undefined): RunStatus {
  const said = (status ?? "").toLowerCase();
  const known = RUN_STATUSES.find((one) => one === said);
  if (said === "waiting" || said === "scheduled") return "queued";
  if ((known === "completed" || known === "failed") && !endedAt) return "running";
  return known ?? (endedAt ? "completed" : "running");
}
