import { z } from "zod";

/** What a person may change of a campaign's mails and their pace, before it starts and while it runs. What is absent stays. */
export const changeable = {
  templates: z
    .array(
      z.object({
        step: z.number().int().min(1).max(3),
        subject: z.string().min(1).max(300),
        body: z.string().min(1).max(20_000),
      }),
    )
    .optional(),
  startAt: z.iso.datetime({ offset: true }).optional(),
  dailyLimit: z.number().int().min(1).max(10_000).optional(),
  gaps: z.array(z.number().int().min(0).max(60)).length(3).optional(),
};
