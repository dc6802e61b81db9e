import "server-only";
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { env } from "@/lib/config/env";
import { MailboxError, type MailTransport } from "@/lib/mailbox/transport";
import { relayAnswers, signRelayRequest } from "./protocol";

const TIMEOUT_MS = 75_000;

/** The relay at an address, as a transport: what runs beside Outlook may be this machine or another. */
export function relayAt(
  url: string | null,
): MailTransport & { health(): Promise<z.output<typeof relayAnswers.health>> } {
  const base = url ?? env().RELAY_URL ?? env().CONSOLE_URL;
  const post = <Answer extends z.ZodType>(path: string, body: object, answer: Answer) =>
    ask(base, "POST", `/api/relay/${path}`, JSON.stringify(body), answer);
  const health = () => ask(base, "GET", "/api/relay/health", "", relayAnswers.health);
  return {
    health,
    ping: health,
    send: (mail) => post("send", mail, relayAnswers.send),
    find: async (account, key) => (await post("find", { account, key }, relayAnswers.find)).item,
    list: (account, folder, sinceUtc, limit) =>
      post("list", { account, folder, sinceUtc, limit }, relayAnswers.list),
  };
}

async function ask<Answer extends z.ZodType>(
  base: string,
  method: "GET" | "POST",
  path: string,
  body: string,
  answer: Answer,
): Promise<z.output<Answer>> {
  const response = await fetch(new URL(path, base), {
    method,
    headers: { "content-type": "application/json", ...signature(method, path, body) },
    body: method === "POST" ? body : undefined,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    cache: "no-store",
    redirect: "error",
  }).catch((cause: unknown) => {
    // A refused connection carried nothing; a time-out may have.
    throw new MailboxError(`The relay at ${base} cannot be reached.`, isRefused(cause), { cause });
  });
  const text = await response.text();
  const json = parseJson(text);
  if (response.ok) {
    const parsed = answer.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new MailboxError(`The relay's answer has another shape: ${text.slice(0, 200)}`, false);
  }
  const refusal = relayAnswers.error.safeParse(json);
  if (refusal.success) throw new MailboxError(refusal.data.error.message, refusal.data.error.certain);
  throw new MailboxError(
    `The relay answered ${response.status}: ${text.slice(0, 200)}`,
    response.status < 500,
  );
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

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH"].includes(cause?.code ?? "");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not our relay's answer; the caller quotes it instead.
    return undefined;
  }
}
