import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { MailboxError } from "@/lib/mailbox/transport";
import { env } from "@/lib/server/env";
import { relayAnswers, signRelayRequest } from "./protocol";

const TIMEOUT_MS = 75_000;
/** Failures that happen before a single byte of the request is on its way. */
const NOTHING_SAID = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/**
 * One signed request between console and relay, in either direction, and its checked answer.
 * @throws {MailboxError} with the other side's `kind`; `unreachable` when there is no other side. `certain` is false when
 *   the request may have been acted on.
 */
export async function askRelay<Answer extends z.ZodType>(
  base: string,
  method: "GET" | "POST",
  path: string,
  body: string,
  answer: Answer,
): Promise<z.output<Answer>> {
  const { status, text } = await request(base, method, path, body);
  const json = parseJson(text);
  if (status >= 200 && status < 300) {
    const parsed = answer.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new MailboxError(`The relay's answer has another shape: ${text.slice(0, 200)}`, false);
  }
  const refusal = relayAnswers.error.safeParse(json);
  if (refusal.success) {
    const { message, certain, kind } = refusal.data.error;
    throw new MailboxError(message, certain, { kind });
  }
  // Not one of ours: another program, or a proxy that could not reach the relay.
  throw new MailboxError(`No relay answers at ${base}: ${status} ${text.slice(0, 200)}`, status < 500, {
    kind: "unreachable",
  });
}

async function request(
  base: string,
  method: "GET" | "POST",
  path: string,
  body: string,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(new URL(path, base), {
      method,
      headers: { "content-type": "application/json", ...signature(method, path, body) },
      body: method === "POST" ? body : undefined,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: "no-store",
      redirect: "error",
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    // A refused connection carried nothing; a time-out or a broken answer may have.
    throw new MailboxError(`The relay at ${base} cannot be reached.`, saidNothing(cause), {
      cause,
      kind: "unreachable",
    });
  }
}

function signature(method: string, path: string, body: string): Record<string, string> {
  const secret = env().RELAY_SECRET;
  if (!secret) return {};
  const timestamp = String(Date.now());
  const nonce = randomUUID();
  return {
    "x-relay-timestamp": timestamp,
    "x-relay-nonce": nonce,
    "x-relay-signature": signRelayRequest(secret, { method, path, timestamp, nonce, body }),
  };
}

function saidNothing(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return NOTHING_SAID.has(cause?.code ?? "");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not our relay's answer; the caller quotes it instead.
    return undefined;
  }
}
