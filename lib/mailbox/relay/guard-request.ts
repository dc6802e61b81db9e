import "server-only";
import { env } from "@/lib/server/env";
import { readText } from "@/lib/server/read-text";
import { Refused } from "@/lib/server/refused";
import { checkSignature } from "./check-signature";
import { RateLimit } from "./rate-limit";
import { RelayRefusal } from "./relay-refusal";

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
/** A mail of 200,000 characters fits, whatever its script; nothing else the relay takes is larger. */
const MAX_BODY_BYTES = 1_000_000;
const MINUTE_MS = 60_000;

/** Far above what a desk at full speed asks (150 mails a second), far below what would hurt. */
const requests = new RateLimit(30_000, MINUTE_MS);
/** Whoever guesses gets few guesses. */
const refusals = new RateLimit(60, MINUTE_MS);

export interface GuardedRequest {
  /** Read once, at most 1 MB */
  readonly body: string;
  /** The caller's clock minus ours; null when it did not have to sign */
  readonly clockOffsetMs: number | null;
}

/**
 * Lets a request through to the relay: signed with the shared secret where one is set, otherwise from this machine only.
 * A web page can never pass: browsers say so in headers that scripts cannot remove.
 * @throws {RelayRefusal}
 */
export async function guardRelayRequest(request: Request, now = Date.now()): Promise<GuardedRequest> {
  const caller = callerOf(request);
  if (refusals.isSpent(caller, now) || !requests.count(caller, now))
    throw new RelayRefusal(429, "Too many requests from this caller; try again in a minute.", "rate");
  try {
    return await guard(request, now);
  } catch (error) {
    if (error instanceof RelayRefusal && !error.proven) refusals.count(caller, now);
    throw error;
  }
}

async function guard(request: Request, now: number): Promise<GuardedRequest> {
  if (request.headers.has("origin") || request.headers.has("sec-fetch-site"))
    throw new RelayRefusal(403, "The relay does not answer web pages.", "unreachable");
  const { RELAY_SECRET: secret, UPSTREAM_ROLE: role } = env();
  // Without a secret nobody but this machine is heard, not even far enough to read what they say.
  if (!secret && (role === "relay" || !isFromHere(request)))
    throw new RelayRefusal(
      401,
      "Set RELAY_SECRET to the same words on both machines to reach this relay from elsewhere.",
      "unreachable",
    );
  const body = await readText(request, MAX_BODY_BYTES).catch((cause: unknown) => {
    if (!(cause instanceof Refused)) throw cause;
    throw new RelayRefusal(413, "The request is larger than the relay takes (1 MB).", "invalid");
  });
  return { body, clockOffsetMs: secret ? checkSignature(request, body, secret, now) : null };
}

/** The server notes the address a connection came from, unless a proxy did before it. */
function callerOf(request: Request): string {
  return request.headers.get("x-forwarded-for") ?? "this machine";
}

function isFromHere(request: Request): boolean {
  const addresses = request.headers.get("x-forwarded-for")?.split(",") ?? [];
  return (
    LOOPBACK_HOST.test(request.headers.get("host") ?? "") &&
    addresses.every((address) => LOOPBACK_ADDRESS.test(address.trim()))
  );
}
