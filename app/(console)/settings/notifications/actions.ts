"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { saveDesktopChoice } from "@/lib/notices/desktop-choice";
import { desktopKindsSchema } from "@/lib/notices/desktop-kinds";
import { actionFor } from "@/lib/server/action-for";

/** What this operator is told on the desktop. */
export const chooseDesktop = actionFor(
  "operator",
  z.object({ kinds: desktopKindsSchema }),
  async ({ kinds }, { db }) => {
    await saveDesktopChoice(db, kinds);
    revalidatePath("/", "layout");
  },
);
