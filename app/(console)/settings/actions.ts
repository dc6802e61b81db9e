"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { mailboxCheck } from "@/inngest/events";
import { mailboxLimitsSchema } from "@/lib/mailbox/mailbox-limits-input";
import { setMailboxStatus } from "@/lib/mailbox/mailboxes";
import { setMailboxLimits } from "@/lib/mailbox/set-mailbox-limits";
import { actionFor } from "@/lib/server/action-for";
import { updateDesk } from "@/lib/settings/desk";
import { deskSettingsSchema } from "@/lib/settings/desk-settings";
import { excludeByHand, liftExclusion } from "@/lib/settings/exclusions";

const reasonFor = (what: string) => z.string().trim().min(1, `Say why ${what}.`).max(500);
const refresh = () => revalidatePath("/settings", "layout");

export const saveDesk = actionFor("operator", deskSettingsSchema, async (settings, { db }) => {
  await updateDesk(db, settings);
  refresh();
});

export const pauseMailbox = actionFor(
  "operator",
  z.object({ id: z.uuid(), reason: reasonFor("the mailbox is paused") }),
  async ({ id, reason }, { db }) => {
    await setMailboxStatus(db, id, "paused", reason);
    refresh();
  },
);

export const resumeMailbox = actionFor("operator", z.object({ id: z.uuid() }), async ({ id }, { db }) => {
  await setMailboxStatus(db, id, "active");
  announce(mailboxCheck.create({ mailboxId: id }));
  revalidatePath("/", "layout");
});

/** A mailbox's own limits and warm-up. */
export const saveMailboxLimits = actionFor("operator", mailboxLimitsSchema, async (limits, { db }) => {
  await setMailboxLimits(db, limits);
  announce(mailboxCheck.create({ mailboxId: limits.id }));
  refresh();
});

export const exclude = actionFor(
  "operator",
  z.object({
    kind: z.enum(["address", "domain"]),
    value: z.string().trim().toLowerCase().min(1, "Type an address or a domain.").max(254),
    reason: reasonFor("it is excluded"),
  }),
  async ({ kind, value, reason }, { db }) => {
    const row = await excludeByHand(db, kind, value, reason);
    refresh();
    return { value: row.value, createdAt: row.created_at };
  },
);

export const lift = actionFor(
  "admin",
  z.object({ id: z.uuid(), reason: reasonFor("this may be mailed again") }),
  async ({ id, reason }, { db }) => {
    await liftExclusion(db, id, reason);
    refresh();
  },
);
