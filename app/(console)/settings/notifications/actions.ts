"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { operatorAction } from "@/lib/actions/operator-action";
import { saveDesktopChoice } from "@/lib/notices/desktop-choice";
import { desktopKindsSchema } from "@/lib/notices/desktop-kinds";

/** What this operator is told on the desktop. */
export const chooseDesktop = operatorAction(
  z.object({ kinds: desktopKindsSchema }),
  async ({ kinds }, { db }) => {
    await saveDesktopChoice(db, kinds);
    revalidatePath("/", "layout");
  },
);
