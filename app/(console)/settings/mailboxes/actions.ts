"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { mailboxCheck } from "@/inngest/events";
import { forgetRelay, moveMailbox } from "@/lib/mailbox/relay/list-relays";
import { actionFor } from "@/lib/server/action-for";

export const moveToRelay = actionFor(
  "operator",
  z.object({ mailboxId: z.uuid(), relayId: z.uuid() }),
  async ({ mailboxId, relayId }, { db }) => {
    await moveMailbox(db, mailboxId, relayId);
    announce(mailboxCheck.create({ mailboxId }));
    revalidatePath("/settings", "layout");
  },
);

export const forget = actionFor("operator", z.object({ relayId: z.uuid() }), async ({ relayId }, { db }) => {
  await forgetRelay(db, relayId);
  revalidatePath("/settings", "layout");
});
