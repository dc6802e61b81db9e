import { z } from "zod";
import type { HttpReply } from "./post";
import type { CallReply } from "./reply";
import { readSdkError, sdkOp } from "./sdk-op";

const MIN_RETRY_MS = 1_000;
const MAX_RETRY_MS = 86_400_000;
const ops = z.union([z.array(sdkOp), sdkOp.transform((op) => [op])]);
/** A streamed reply: status 201 first, the real one in the body. */
const streamed = z.object({
  status: z.number(),
  body: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
});

/** Understands an app's answer to a call. Whatever is not an SDK's answer becomes a failure that says what was found. */
export function readReply(reply: HttpReply, url: string, now: number): CallReply {
  const isSdk = reply.headers["x-inngest-sdk"] !== undefined;
  if (!isSdk && reply.status < 300) {
    return failure(`HTTP ${reply.status} from ${url} is not an Inngest SDK's answer: ${excerpt(reply.body)}`);
  }
  if (reply.status === 201) return readStreamed(reply, url, now);
  const noRetry = reply.headers["x-inngest-no-retry"] === "true";
  const retryAt = readRetryAfter(reply.headers["retry-after"], now);
  const retry = { noRetry, ...(retryAt === undefined ? {} : { retryAt }) };
  const body = parse(reply.body);
  if (reply.status === 206) {
    const parsed = ops.safeParse(body.value);
    if (!parsed.success)
      return failure(`unreadable operations from ${url}: ${z.prettifyError(parsed.error)}`);
    return {
      kind: "ops",
      ops: parsed.data,
      version: Number(reply.headers["x-inngest-req-version"]) || 2,
      ...retry,
    };
  }
  if (reply.status >= 200 && reply.status < 300) {
    if (!body.isJson) return failure(`the answer of ${url} is not JSON: ${excerpt(reply.body)}`);
    return { kind: "returned", output: JSON.stringify(body.value) };
  }
  const error =
    isSdk && body.isJson && body.value !== null
      ? readSdkError(body.value)
      : { name: "Error", message: `HTTP ${reply.status} from ${url}: ${excerpt(reply.body)}` };
  return { kind: "failed", error, ...retry };
}

function readStreamed(reply: HttpReply, url: string, now: number): CallReply {
  const inner = streamed.safeParse(parse(reply.body).value);
  if (!inner.success || inner.data.status === 201)
    return failure(`unreadable streamed answer from ${url}: ${excerpt(reply.body)}`);
  const headers = Object.fromEntries(
    Object.entries(inner.data.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return readReply(
    { status: inner.data.status, headers: { ...reply.headers, ...headers }, body: inner.data.body },
    url,
    now,
  );
}

function parse(text: string): { isJson: boolean; value: unknown } {
  if (text === "") return { isJson: true, value: null };
  try {
    return { isJson: true, value: JSON.parse(text) as unknown };
  } catch {
    return { isJson: false, value: text };
  }
}

/** `retry-after` as epoch ms: whole seconds or a date, between 1 s and 24 h from now. */
function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const at = /^\d+$/.test(header) ? now + Number(header) * 1_000 : Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at, now + MIN_RETRY_MS), now + MAX_RETRY_MS);
}

function failure(message: string): CallReply {
  return { kind: "failed", error: { name: "InvalidReplyError", message }, noRetry: false };
}

function excerpt(body: string): string {
  return body.length > 200 ? `${body.slice(0, 200)}…` : body || "(empty)";
}
