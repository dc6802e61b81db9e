"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { checkpointSchema } from "@/lib/approvals/proposals";
import { actionFor } from "@/lib/server/action-for";
import { loadDesk } from "@/lib/settings/desk";
import { autoScopeSchema, untilSchema } from "@/lib/trust/auto-limits";
import { setCheckpointMode } from "@/lib/trust/checkpoints";
import { acknowledgeNotice } from "@/lib/trust/notices";
import { readUntil } from "@/lib/trust/read-until";
import { saveTrustSettings } from "@/lib/trust/save-trust-settings";
import { trustSettingsSchema } from "@/lib/trust/trust-settings";

const refresh = () => revalidatePath("/", "layout");

/** Into auto, or other limits for one that is in auto. The end is read in the desk's zone. */
export const putIntoAuto = actionFor(
  "operator",
  z.object({
    checkpoint: checkpointSchema,
    reason: z.string().trim().max(500).optional(),
    until: untilSchema.nullable(),
    scope: autoScopeSchema,
  }),
  async ({ checkpoint, reason, until, scope }, { db }) => {
    const zone = until ? (await loadDesk(db)).settings.time_zone : "UTC";
    await setCheckpointMode(db, checkpoint, "auto", reason, {
      until: until ? readUntil(until, zone) : undefined,
      scope,
    });
    refresh();
  },
);

export const putIntoPlan = actionFor(
  "operator",
  z.object({ checkpoint: checkpointSchema }),
  async ({ checkpoint }, { db }) => {
    await setCheckpointMode(db, checkpoint, "plan");
    refresh();
  },
);

export const saveRules = actionFor("operator", trustSettingsSchema, async (settings, { db }) => {
  await saveTrustSettings(db, settings);
  refresh();
});

/** Somebody has seen what the system did by itself. */
export const seen = actionFor("operator", z.object({ id: z.uuid() }), async ({ id }, { db }) => {
  const first = await acknowledgeNotice(db, id);
  refresh();
  return first;
});
