import { z } from "zod";

const text = z.string().min(1);
const count = z.number().int();
const keyed = { key: text.optional() };

const concurrency = z.object({
  limit: count.min(0),
  ...keyed,
  scope: z.enum(["fn", "env", "account"]).default("fn"),
});
const rate = z.object({ limit: count.min(1), period: text, ...keyed });

/** One function of an SDK's registration, in the protocol's own words. */
export const registeredFunction = z.object({
  id: text,
  name: z.string().optional(),
  triggers: z
    .array(
      z.object({
        event: text.optional(),
        expression: text.optional().nullable(),
        cron: text.optional(),
        jitter: text.optional(),
      }),
    )
    .default([]),
  steps: z.record(
    z.string(),
    z.object({
      runtime: z.object({ type: z.string(), url: z.string() }),
      retries: z.object({ attempts: count.min(0).max(20) }).optional(),
    }),
  ),
  concurrency: z
    .union([
      count.min(0).transform((limit) => [{ limit, scope: "fn" as const, key: undefined }]),
      concurrency.transform((one) => [one]),
      z.array(concurrency).max(2),
    ])
    .default([]),
  throttle: rate.extend({ burst: count.min(1).default(1) }).optional(),
  rateLimit: rate.optional(),
  debounce: z.object({ period: text, ...keyed, timeout: text.optional() }).optional(),
  batchEvents: z
    .object({ maxSize: count.min(1).max(1_000), timeout: text, ...keyed, if: text.optional() })
    .optional(),
  cancel: z
    .array(z.object({ event: text, if: text.optional(), timeout: text.optional() }))
    .max(5)
    .default([]),
  idempotency: text.optional(),
  priority: z.object({ run: text.optional() }).optional(),
  singleton: z.object({ ...keyed, mode: z.enum(["skip", "cancel"]) }).optional(),
  timeouts: z.object({ start: text.optional(), finish: text.optional() }).optional(),
});

/** Body of `POST /fn/register`, and of an in-band reply where the app's name is `app_id`. */
export const registration = z.object({
  url: z.url({ protocol: /^https?$/ }),
  appName: text.optional(),
  app_id: text.optional(),
  framework: z.string().nullish(),
  sdk: z.string().nullish(),
  functions: z.array(z.unknown()),
});

export type RegisteredFunction = z.infer<typeof registeredFunction>;
export type Registration = z.infer<typeof registration>;
