"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import type { FormAnswer } from "@/components/shell/entrance-form";
import { cookieDb } from "@/lib/server/request-client";

const signInSchema = z.object({
  email: z.email("That is not an e-mail address."),
  password: z.string().min(1, "Enter your password."),
  // Only a path of our own: a link must not lead to another site after signing in.
  next: z
    .string()
    .regex(/^\/(?![/\\])/)
    .catch("/"),
});

/** Signs in by password and goes on to the page that was asked for. */
export async function signIn(_: FormAnswer, form: FormData): Promise<FormAnswer> {
  const parsed = signInSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { fields: z.flattenError(parsed.error).fieldErrors };
  const { email, password, next } = parsed.data;
  const db = await cookieDb();
  const { error } = await db.auth.signInWithPassword({ email, password });
  if (error?.code === "invalid_credentials") return { message: "E-mail or password is not right." };
  if (error) return { message: `Signing in did not work: ${error.message}` };
  redirect(next);
}
