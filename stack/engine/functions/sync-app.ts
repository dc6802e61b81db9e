import type { HttpClient } from "../calls/post";
import { canonicalJson, signature } from "../calls/sign";
import { messageOf, RequestError } from "../errors";
import type { Ledger } from "../state/ledger";
import { type Registered, registerApp } from "./register";

const SYNC_TIMEOUT_MS = 30_000;

/**
 * Asks an app at its serve endpoint for its functions (the protocol's in-band sync) and registers them.
 * @throws {AppUnreachableError} when nothing listens there.
 * @throws {RequestError} 502 when what listens is no Inngest app, 400 when its functions cannot be registered.
 */
export async function syncApp(ledger: Ledger, client: HttpClient, url: string): Promise<Registered> {
  const { settings } = ledger.core;
  const body = canonicalJson({ url });
  const reply = await client.send({
    method: "PUT",
    url,
    headers: {
      "content-type": "application/json",
      "x-inngest-sync-kind": "in_band",
      "x-inngest-server-kind": settings.signingKey ? "cloud" : "dev",
      ...(settings.signingKey
        ? { "x-inngest-signature": signature(settings.signingKey, body, settings.clock.now()) }
        : {}),
    },
    body,
    timeoutMs: SYNC_TIMEOUT_MS,
  });
  if (reply.status !== 200)
    throw new RequestError(502, `${url} answered ${reply.status} to a sync: ${reply.body.slice(0, 200)}`);
  let registration: unknown;
  try {
    registration = JSON.parse(reply.body);
  } catch (error) {
    throw new RequestError(502, `${url} did not answer a sync with JSON: ${messageOf(error)}`, "not_an_app", {
      cause: error,
    });
  }
  return registerApp(ledger, registration, url);
}
