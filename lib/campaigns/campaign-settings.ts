import { z } from "zod";

/** The part of a campaign's schedule that is not its window: spacing, batches, and when it may begin. */
export const campaignSettingsSchema = z.object({
  /** ISO instant before which nothing leaves */
  startAt: z.iso.datetime({ offset: true }),
  spacingMinS: z.number().int().min(0),
  spacingMaxS: z.number().int().min(0),
  batchSize: z.number().int().min(1),
  batchPauseS: z.number().int().min(0),
  hourlyLimit: z.number().int().min(1).max(1000),
  dailyLimit: z.number().int().min(1).max(10_000),
});
export type CampaignSettings = z.infer<typeof campaignSettingsSchema>;
