"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormAnswer } from "@/components/shell/entrance-form";
import {
  countOperators,
  createOperator,
  newOperatorSchema,
  spendSetupToken,
} from "@/lib/server/create-operator";
import { cookieDb } from "@/lib/server/request-client";
import { serviceDb } from "@/lib/server/service-client";

/** Uses a setup link up: creates the first operator and signs them in. */
export async function createFirstOperator(_: FormAnswer, form: FormData): Promise<FormAnswer> {
  const parsed = newOperatorSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { fields: z.flattenError(parsed.error).fieldErrors };
  const service = serviceDb();
  if ((await countOperators(service)) > 0)
    return { message: "This desk is already set up. Sign in instead." };
  if (!(await spendSetupToken(service, String(form.get("token") ?? ""))))
    return { message: "This link was used before or is too old. Start the desk again for a new one." };
  await createOperator(service, parsed.data);
  const db = await cookieDb();
  const { error } = await db.auth.signInWithPassword(parsed.data);
  if (error) return { message: `The account was made, but signing in did not work: ${error.message}` };
  redirect("/");
}
