import { REPLAY_WINDOW_MS, sameDigest, signRelayRequest } from "./protocol";
import { RelayRefusal } from "./relay-refusal";
import { SeenNonces } from "./seen-nonces";

const NONCE = /^[A-Za-z0-9-]{8,64}$/;
const MAX_NONCES = 200_000;

// A request dated five minutes ahead is good for ten: until then its nonce is kept.
const nonces = new SeenNonces(2 * REPLAY_WINDOW_MS, MAX_NONCES);

/**
 * Checks that the request was made with the shared secret, now, and only once.
 * @returns the caller's clock minus ours, in milliseconds.
 * @throws {RelayRefusal} 401, or 429 when more requests are remembered than there is room for.
 */
export function checkSignature(request: Request, body: string, secret: string, now = Date.now()): number {
  const header = (name: string) => request.headers.get(`x-relay-${name}`) ?? "";
  const [timestamp, nonce] = [header("timestamp"), header("nonce")];
  const { pathname } = new URL(request.url);
  const expected = signRelayRequest(secret, {
    method: request.method,
    path: pathname,
    timestamp,
    nonce,
    body,
  });
  if (!NONCE.test(nonce) || !/^\d{1,15}$/.test(timestamp) || !sameDigest(header("signature"), expected))
    throw new RelayRefusal(
      401,
      "The signature does not fit: RELAY_SECRET must be the same on both machines.",
      "unreachable",
    );
  const clockOffsetMs = Number(timestamp) - now;
  if (Math.abs(clockOffsetMs) > REPLAY_WINDOW_MS)
    throw new RelayRefusal(401, sayClocks(clockOffsetMs), "unreachable", { clockOffsetMs, body });
  const taken = nonces.take(nonce, now);
  if (taken === "seen") throw new RelayRefusal(401, "This request was made before.", "unreachable");
  if (taken === "full") throw new RelayRefusal(429, "Too many requests at once; try again later.", "rate");
  return clockOffsetMs;
}

function sayClocks(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  const how = `${minutes} minutes ${offsetMs > 0 ? "ahead of" : "behind"}`;
  return `The caller's clock is ${how} this machine's; at most five are allowed. Set both by the network (Windows: Settings, Time, Sync now).`;
}
