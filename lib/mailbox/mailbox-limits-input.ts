import { z } from "zod";

const whole = (most: number) =>
  z.coerce
    .number({ error: "a whole number" })
    .int("a whole number")
    .min(1, "at least 1")
    .max(most, `at most ${most.toLocaleString("en-US")}`);

/** A mailbox's own limits; `ramp` is null when it does not warm up. */
export const mailboxLimitsSchema = z.object({
  id: z.uuid(),
  hourly: whole(1000),
  daily: whole(10_000),
  ramp: z
    .object({
      /** ISO date in the desk's zone */
      startedOn: z.iso.date("a day like 2026-12-01"),
      startPerDay: whole(10_000),
      stepPerDay: whole(10_000),
    })
    .nullable(),
});
export type MailboxLimitsInput = z.infer<typeof mailboxLimitsSchema>;
