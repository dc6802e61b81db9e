import "server-only";
import { env } from "@/lib/config/env";
import { REPLAY_WINDOW_MS, sameDigest, signRelayRequest } from "./protocol";

const MAX_BODY_BYTES = 1_000_000;
const MAX_NONCES = 20_000;
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

const seenNonces = new Map<string, number>();

/** The relay will not look at this request. */
export class RelayRefusal extends Error {
  override name = "RelayRefusal";
  constructor(
    readonly status: 400 | 401 | 403 | 413,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Lets a request through to the relay: signed with the shared secret where one is set, otherwise from this machine only.
 * A web page can never pass: browsers say so in headers that scripts cannot remove.
 * @returns the body, read once.
 * @throws {RelayRefusal}
 */
export async function guardRelayRequest(request: Request): Promise<string> {
  if (request.headers.has("origin") || request.headers.has("sec-fetch-site"))
    throw new RelayRefusal(403, "The relay does not answer web pages.");
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES)
    throw new RelayRefusal(413, "The request is too large for the relay.");
  const body = await request.text();
  if (body.length > MAX_BODY_BYTES) throw new RelayRefusal(413, "The request is too large for the relay.");
  const secret = env().RELAY_SECRET;
  if (secret) checkSignature(request, body, secret);
  else if (!LOOPBACK.test(request.headers.get("host") ?? ""))
    throw new RelayRefusal(401, "Set RELAY_SECRET on both machines to reach this relay from elsewhere.");
  return body;
}

function checkSignature(request: Request, body: string, secret: string, now = Date.now()): void {
  const timestamp = request.headers.get("x-relay-timestamp") ?? "";
  const nonce = request.headers.get("x-relay-nonce") ?? "";
  const given = request.headers.get("x-relay-signature") ?? "";
  const path = new URL(request.url).pathname;
  const expected = signRelayRequest(secret, { method: request.method, path, timestamp, nonce, body });
  if (!nonce || !sameDigest(given, expected)) throw new RelayRefusal(401, "The signature does not fit.");
  if (Math.abs(now - Number(timestamp)) > REPLAY_WINDOW_MS)
    throw new RelayRefusal(
      401,
      "The clocks of console and relay are more than five minutes apart. Set them by NTP.",
    );
  for (const [old, at] of seenNonces) {
    if (at > now - REPLAY_WINDOW_MS && seenNonces.size <= MAX_NONCES) break;
    seenNonces.delete(old);
  }
  if (seenNonces.has(nonce)) throw new RelayRefusal(401, "This request was made before.");
  seenNonces.set(nonce, now);
}
