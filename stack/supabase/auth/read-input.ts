import { z } from "zod";
import { JsonBoundError, refuseDeepJson } from "@/stack/http/bound-json";
import { AuthError } from "./auth-error";

const email = z.string().trim().max(255).pipe(z.email());
const metadata = z.record(z.string(), z.unknown());

export const passwordGrant = z.object({ email: z.string().max(255), password: z.string().max(1000) });
export const refreshGrant = z.object({ refresh_token: z.string().max(255) });
export const signUp = z.object({ email, password: z.string(), data: metadata.nullish() });
export const ownChanges = z.object({
  email: z.string().nullish(),
  password: z.string().nullish(),
  data: metadata.nullish(),
});
export const adminChanges = z.object({
  id: z.uuid().nullish(),
  email: email.nullish(),
  password: z.string().nullish(),
  email_confirm: z.boolean().nullish(),
  role: z.literal("authenticated").nullish(),
  app_metadata: metadata.nullish(),
  user_metadata: metadata.nullish(),
  ban_duration: z
    .string()
    .regex(/^(none|(\d{1,9}(\.\d{1,9})?(ns|us|µs|ms|s|m|h))+)$/)
    .nullish(),
});
export const pageNumber = z.coerce.number().int().min(1).max(1_000_000).catch(1);
export const pageSize = z.coerce.number().int().min(1).max(1000).catch(50);
export const scope = z.enum(["global", "local", "others"]);

/** @throws {AuthError} 400 `bad_json` or `validation_failed`, naming the first field that is wrong; 413 when it is too deep or too large. */
export function readInput<T>(schema: z.ZodType<T>, body: string): T {
  // U+0000 is valid JSON but cannot be stored as text by Postgres.
  if (body.includes("\\u0000"))
    throw new AuthError(400, "validation_failed", "NUL characters are not allowed");
  const result = schema.safeParse(parseJson(body));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AuthError(400, "validation_failed", `${issue?.path.join(".") || "body"}: ${issue?.message}`, {
    cause: result.error,
  });
}

function parseJson(body: string): unknown {
  try {
    refuseDeepJson(body);
    return JSON.parse(body === "" ? "{}" : body);
  } catch (cause) {
    if (cause instanceof JsonBoundError)
      throw new AuthError(413, "validation_failed", cause.message, { cause });
    throw new AuthError(400, "bad_json", "Could not parse request body as JSON", { cause });
  }
}

const UNIT_S: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** A Go duration (`24h`, `1h30m`) in seconds, at most a century; `none` lifts a ban. */
export function readBanDuration(text: string): number | null {
  if (text === "none") return null;
  const parts = [...text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)];
  const seconds = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNIT_S[unit ?? ""] ?? 0),
    0,
  );
  return Math.min(seconds, 100 * 365 * 86_400);
}
