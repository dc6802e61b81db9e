import { z } from "zod";

const whole = (least: number, most: number) =>
  z.coerce
    .number({ error: "a whole number" })
    .int("a whole number")
    .min(least, `at least ${least}`)
    .max(most, `at most ${most.toLocaleString("en-US")}`);
const percent = (least: number, most: number) =>
  z.coerce.number({ error: "a number" }).min(least, `at least ${least}%`).max(most, `at most ${most}%`);

/** The rules of trust as a person reads them, shares in per cent; the database keeps parts of one and basis points. */
export const trustSettingsSchema = z
  .object({
    barPercent: percent(50, 99),
    minDecisions: whole(5, 500),
    windowSize: whole(20, 500),
    samplePercent: percent(1, 100),
    firstLooks: whole(5, 100),
    bouncePercent: percent(0.1, 100),
    complaintPercent: percent(0.01, 100),
    lineMinSends: whole(10, 10_000),
    schemaFailuresInRow: whole(1, 20),
    schemaFailuresIn20: whole(1, 20),
  })
  .refine((value) => value.windowSize >= value.minDecisions, {
    path: ["windowSize"],
    message: "at least as many as the fewest decisions",
  });
export type TrustSettings = z.infer<typeof trustSettingsSchema>;
