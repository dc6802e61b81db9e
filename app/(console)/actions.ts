"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { wakeMailboxes } from "@/inngest/wake-mailboxes";
import { setKillSwitch } from "@/lib/sending/kill-switch";
import { actionFor } from "@/lib/server/action-for";
import { cookieDb } from "@/lib/server/request-client";

/** Stops all sending before the next hand-over. */
export const pullKillSwitch = actionFor(
  "operator",
  z.string().trim().min(1, "Say why sending is stopped."),
  async (reason, { db }) => {
    await setKillSwitch(db, true, reason);
    revalidatePath("/", "layout");
  },
);

const release = actionFor("operator", z.undefined(), async (_, { db }) => {
  await setKillSwitch(db, false);
  await wakeMailboxes();
  revalidatePath("/", "layout");
});

/** Lets mail leave again. */
export async function releaseKillSwitch() {
  return release(undefined);
}

export async function signOut(): Promise<void> {
  const db = await cookieDb();
  await db.auth.signOut({ scope: "local" });
  redirect("/sign-in");
}
