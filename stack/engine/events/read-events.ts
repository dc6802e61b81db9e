import { z } from "zod";
import { JsonBoundError, refuseDeepJson } from "@/stack/http/bound-json";
import { messageOf, RequestError } from "../errors";
import { newUlid, seededUlid } from "../ids";
import type { StoredEvent } from "../state/rows";

const MAX_EVENTS = 5_000;
const MAX_EVENT_BYTES = 3 * 1024 * 1024;
const RESERVED = "inngest/";

const incomingEvent = z.object({
  name: z.string(),
  data: z.record(z.string(), z.unknown()).nullish(),
  user: z.record(z.string(), z.unknown()).nullish(),
  id: z.string().max(512).nullish(),
  ts: z.number().nullish(),
});

/** The events of a body up to the first bad one, which `error` describes: the good ones in front of it are accepted. */
export interface ReadEvents {
  readonly events: readonly StoredEvent[];
  readonly error?: string;
}

/**
 * Reads the body of `POST /e/:key`. `seed` is the header that makes ids repeatable when the SDK repeats its request.
 * @throws {RequestError} 400 when the body is not JSON, 413 when there are too many events or they are nested too deeply.
 */
export function readEvents(body: string, seed: string | undefined, now: number): ReadEvents {
  const parsed = parseBody(body);
  if (parsed.length > MAX_EVENTS)
    throw new RequestError(413, `more than ${MAX_EVENTS} events in one request`);
  const events: StoredEvent[] = [];
  for (const [index, raw] of parsed.entries()) {
    const id = (seed && seededUlid(seed, index)) || newUlid(now);
    const event = readEvent(raw, id, now);
    if (typeof event === "string") return { events, error: event };
    events.push(event);
  }
  return { events };
}

function parseBody(body: string): unknown[] {
  const message = "Request body must contain an event object or an array of event objects";
  let parsed: unknown;
  try {
    refuseDeepJson(body);
    parsed = JSON.parse(body);
  } catch (error) {
    if (error instanceof JsonBoundError)
      throw new RequestError(413, error.message, "too_deep", { cause: error });
    throw new RequestError(400, `${message}: ${messageOf(error)}`, "invalid_json", { cause: error });
  }
  if (Array.isArray(parsed)) return parsed as unknown[];
  if (parsed === null || typeof parsed !== "object") throw new RequestError(400, message);
  return [parsed];
}

function readEvent(raw: unknown, id: string, now: number): StoredEvent | string {
  const parsed = incomingEvent.safeParse(raw);
  if (!parsed.success) {
    const isNameless = (raw as { name?: unknown } | null)?.name === undefined;
    return isNameless ? "event name is empty" : z.prettifyError(parsed.error);
  }
  const { name, data, user, ts, id: externalId } = parsed.data;
  if (name === "") return "event name is empty";
  if (name.startsWith(RESERVED)) return `event name is reserved for internal use: ${name}`;
  if (/\p{Cc}|\p{Surrogate}/u.test(name)) return "event name contains control characters";
  const { _inngest: _, ...ownData } = data ?? {};
  const event = makeEvent({
    id,
    externalId: externalId || null,
    name,
    data: ownData,
    user: user ?? {},
    ts: ts || now,
    now,
  });
  if (event.data.length > MAX_EVENT_BYTES) return `event ${name} is larger than ${MAX_EVENT_BYTES} bytes`;
  return event;
}

/** Builds a stored event; `data` and `user` must be JSON values. */
export function makeEvent(event: {
  readonly id: string;
  readonly externalId?: string | null;
  readonly name: string;
  readonly data: unknown;
  readonly user?: unknown;
  readonly ts: number;
  readonly now: number;
}): StoredEvent {
  return {
    id: event.id,
    externalId: event.externalId ?? null,
    name: event.name,
    data: JSON.stringify(event.data ?? {}),
    userData: JSON.stringify(event.user ?? {}),
    ts: clampTime(event.ts, event.now),
    receivedAt: event.now,
  };
}

const FURTHEST_MS = 366 * 86_400_000;

// Times no calendar holds (seconds mistaken for microseconds, NaN) would not fit the database.
function clampTime(ts: number, now: number): number {
  return Number.isFinite(ts) ? Math.trunc(Math.min(Math.max(ts, 0), now + FURTHEST_MS)) : now;
}
