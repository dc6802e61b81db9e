import { AppUnreachableError, messageOf } from "../errors";
import type { Settings } from "../options";
import type { Dispatch } from "../state/unit";
import { callBody } from "./call-body";
import type { HttpClient } from "./post";
import { readReply } from "./read-reply";
import type { CallReply } from "./reply";
import { canonicalJson, signature } from "./sign";

/** Makes one call to an app. Never throws: every way it can go wrong is a reply. */
export async function callApp(
  client: HttpClient,
  settings: Settings,
  serveUrl: string,
  slug: string,
  { state, job }: Dispatch,
  signal: AbortSignal,
): Promise<CallReply> {
  const url = new URL(serveUrl);
  url.searchParams.set("fnId", slug);
  url.searchParams.set("stepId", job.stepId ?? "step");
  const plain = callBody(state, job);
  const body = settings.signingKey ? canonicalJson(JSON.parse(plain)) : plain;
  const headers = {
    "content-type": "application/json",
    "user-agent": "Inngest",
    "x-inngest-server-kind": settings.signingKey ? "cloud" : "dev",
    "x-inngest-req-version": String(state.run.sdkVersion),
    "x-inngest-generation-id": String(job.generation),
    "x-inngest-job-id": job.id,
    "x-run-id": state.run.id,
    ...(settings.signingKey
      ? { "x-inngest-signature": signature(settings.signingKey, body, settings.clock.now()) }
      : {}),
  };
  try {
    const reply = await client.send({
      method: "POST",
      url: url.href,
      headers,
      body,
      timeoutMs: settings.callTimeoutMs,
      signal,
    });
    return readReply(reply, serveUrl, settings.clock.now());
  } catch (error) {
    if (error instanceof AppUnreachableError)
      return {
        kind: "unreachable",
        reason: new AppUnreachableError(serveUrl, { cause: error.cause }).message,
      };
    return {
      kind: "failed",
      error: { name: "CallError", message: `the call to ${serveUrl} broke: ${messageOf(error)}` },
      noRetry: false,
    };
  }
}
