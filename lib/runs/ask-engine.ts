import "server-only";
import { z } from "zod";
import { env } from "@/lib/server/env";
import { EngineError } from "./engine-error";

const TIMEOUT_MS = 5000;

const problemSchema = z.union([
  z
    .object({ errors: z.array(z.object({ message: z.string() })).min(1) })
    .transform(({ errors }) => errors[0]?.message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

/** Where the engine is, without a slash at the end. */
export function engineUrl(): string {
  return env().INNGEST_BASE_URL.replace(/\/$/, "");
}

/** Asks the engine one thing. @throws {EngineError} always of a kind a page can explain. */
export async function ask<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  init: RequestInit = {},
): Promise<z.output<Schema>> {
  const base = engineUrl();
  const key = process.env.INNGEST_SIGNING_KEY;
  const response = await fetch(`${base}${path}`, {
    ...init,
    headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    cache: "no-store",
  }).catch((cause: unknown) => {
    throw cause instanceof Error && cause.name === "TimeoutError"
      ? new EngineError("timeout", `The engine at ${base} did not answer within ${TIMEOUT_MS / 1000} s.`, {
          cause,
        })
      : new EngineError("unreachable", `The engine at ${base} cannot be reached.`, { cause });
  });
  const body = parse(await response.text());
  if (response.status === 404)
    throw new EngineError("not_found", problemOf(body) ?? "The engine does not know this run.");
  if (!response.ok)
    throw new EngineError("refused", problemOf(body) ?? `The engine answered ${response.status}.`);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new EngineError("unexpected", "The engine's answer is not what this version expects.", {
    cause: parsed.error,
  });
}

function parse(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    // Not JSON: the schema says so in its own words.
    return text;
  }
}

function problemOf(body: unknown): string | undefined {
  const parsed = problemSchema.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}
