import { z } from "zod";
import { compile } from "../cel/evaluate";
import { readDurationMs } from "../duration";
import { messageOf, RegistrationError } from "../errors";
import { uuidFor } from "../ids";
import { nextCronTick } from "../timers/cron-time";
import type { FunctionConfig, Trigger } from "./config";
import { type RegisteredFunction, registeredFunction } from "./registration";

const DEFAULT_RETRIES = 4;
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
// What the engine has no machinery for is refused here, by name, instead of being ignored at run time.
const UNSUPPORTED_RUNTIME: Readonly<Record<string, string>> = {
  ws: "connect (websocket) workers are not supported; use serve()",
};

/**
 * Checks one registered function and turns it into what the engine works with.
 * @throws {RegistrationError} naming the function and the setting that is wrong or not supported.
 */
export function readConfig(raw: unknown, appId: string, url: string): FunctionConfig {
  const name = (raw as { id?: unknown } | null)?.id;
  const id = typeof name === "string" ? name : "?";
  const parsed = registeredFunction.safeParse(raw);
  if (!parsed.success)
    throw new RegistrationError(id, z.prettifyError(parsed.error), { cause: parsed.error });
  const fn = parsed.data;
  refuseWhatIsNotSupported(fn);
  const read = new Reader(fn.id);
  const step = Object.values(fn.steps)[0];
  const batch = fn.batchEvents;
  return {
    id: uuidFor(`${appId}\n${fn.id}`),
    slug: fn.id,
    name: fn.name ?? fn.id,
    appId,
    url,
    triggers: fn.triggers.map((trigger) => readTrigger(trigger, read)),
    maxAttempts: (step?.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    // A limit of 0 means "no limit" in the protocol.
    concurrency: fn.concurrency
      .filter((entry) => entry.limit > 0)
      .map((entry) => ({ limit: entry.limit, scope: entry.scope, ...read.key(entry) })),
    ...(fn.throttle && {
      throttle: { ...read.rate("throttle", fn.throttle), burst: fn.throttle.burst },
    }),
    ...(fn.rateLimit && { rateLimit: read.rate("rateLimit", fn.rateLimit) }),
    ...(fn.debounce && {
      debounce: {
        periodMs: read.duration("debounce.period", fn.debounce.period, 1_000, 7 * DAY_MS),
        ...read.key(fn.debounce),
        ...(fn.debounce.timeout && { timeoutMs: read.duration("debounce.timeout", fn.debounce.timeout) }),
      },
    }),
    ...(batch && {
      batch: {
        maxSize: batch.maxSize,
        timeoutMs: read.duration("batchEvents.timeout", batch.timeout, 1_000),
        ...read.key(batch),
        ...(batch.if && { if: read.expression(batch.if) }),
      },
    }),
    cancelOn: fn.cancel.map((entry) => ({
      event: entry.event,
      ...(entry.if && { if: read.expression(entry.if) }),
      ...(entry.timeout && { timeoutMs: read.duration("cancelOn.timeout", entry.timeout) }),
    })),
    ...(fn.idempotency && { idempotency: read.expression(fn.idempotency) }),
    ...(fn.priority?.run && { priority: read.expression(fn.priority.run) }),
    ...(fn.singleton && { singleton: { mode: fn.singleton.mode, ...read.key(fn.singleton) } }),
    timeouts: {
      ...(fn.timeouts?.start && { startMs: read.duration("timeouts.start", fn.timeouts.start) }),
      ...(fn.timeouts?.finish && { finishMs: read.duration("timeouts.finish", fn.timeouts.finish) }),
    },
  };
}

function refuseWhatIsNotSupported(fn: RegisteredFunction): void {
  const steps = Object.values(fn.steps);
  const runtime = steps[0]?.runtime.type;
  if (steps.length !== 1 || runtime === undefined)
    throw new RegistrationError(fn.id, "exactly one entry in `steps` is supported");
  if (runtime !== "http") {
    throw new RegistrationError(
      fn.id,
      UNSUPPORTED_RUNTIME[runtime] ?? `runtime "${runtime}" is not supported`,
    );
  }
  if (!fn.batchEvents) return;
  const clash = (["debounce", "singleton", "priority", "rateLimit"] as const).find(
    (name) => fn[name] !== undefined,
  );
  const other = clash ?? (fn.cancel.length > 0 ? "cancelOn" : undefined);
  if (other) throw new RegistrationError(fn.id, `batchEvents cannot be combined with ${other}`);
}

function readTrigger(trigger: RegisteredFunction["triggers"][number], read: Reader): Trigger {
  if (trigger.cron !== undefined) {
    return {
      type: "cron",
      cron: read.cron(trigger.cron),
      jitterMs: trigger.jitter ? read.duration("trigger jitter", trigger.jitter) : 0,
    };
  }
  if (trigger.event === undefined)
    throw new RegistrationError(read.slug, "a trigger has neither event nor cron");
  return {
    type: "event",
    event: trigger.event,
    ...(trigger.expression && { expression: read.expression(trigger.expression) }),
  };
}

/** Reads settings of one function, so that every refusal can name it. */
class Reader {
  constructor(readonly slug: string) {}

  duration(setting: string, text: string, minimumMs = 0, maximumMs = 366 * DAY_MS): number {
    const ms = readDurationMs(text);
    if (ms === undefined)
      throw new RegistrationError(this.slug, `${setting} "${text}" is not a duration such as 30s, 5m or 2h`);
    if (ms < minimumMs || ms > maximumMs)
      throw new RegistrationError(
        this.slug,
        `${setting} "${text}" must be between ${minimumMs} ms and ${maximumMs} ms`,
      );
    return ms;
  }

  expression(source: string): string {
    try {
      compile(source);
      return source;
    } catch (error) {
      throw new RegistrationError(this.slug, messageOf(error), { cause: error });
    }
  }

  cron(schedule: string): string {
    try {
      nextCronTick(schedule, 0);
      return schedule;
    } catch (error) {
      throw new RegistrationError(this.slug, `cron "${schedule}": ${messageOf(error)}`, { cause: error });
    }
  }

  key(setting: { key?: string | undefined }): { key?: string } {
    return setting.key === undefined ? {} : { key: this.expression(setting.key) };
  }

  rate(setting: string, value: { limit: number; period: string; key?: string | undefined }) {
    return {
      limit: value.limit,
      periodMs: this.duration(`${setting}.period`, value.period, 1_000),
      ...this.key(value),
    };
  }
}
