import { findMatchKey } from "../cel/match-key";
import { eventScope } from "../events/event-json";
import { concurrencyKeys } from "../flow/keys";
import { priorityMs } from "../flow/priority";
import type { FunctionConfig } from "../functions/config";
import { newUlid } from "../ids";
import type { StoredEvent } from "../state/rows";
import { DISCOVERY, type RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { newCall } from "./jobs";
import { scheduleStartTimeout } from "./timeouts";

const YEAR_MS = 366 * 86_400_000;

export interface StartOptions {
  /** Epoch ms. */
  readonly startAt: number;
  readonly singletonKey?: string | null;
  /** `<run>.<step>` of the invoking step. */
  readonly invokedBy?: string;
  readonly rerunOf?: string;
}

/** Creates a run with its first call. The call starts with this very commit when there is a free slot. */
export function startRun(
  unit: Unit,
  fn: FunctionConfig,
  events: readonly [StoredEvent, ...StoredEvent[]],
  options: StartOptions,
): RunState {
  const [event] = events;
  const state: RunState = {
    run: {
      id: newUlid(unit.now),
      functionId: fn.id,
      appId: fn.appId,
      eventIds: events.map((each) => each.id),
      status: "Queued",
      output: null,
      reason: null,
      maxAttempts: fn.maxAttempts,
      sdkVersion: -1,
      planOnly: false,
      pending: [],
      generation: 0,
      concurrencyKeys: concurrencyKeys(fn, event),
      singletonKey: options.singletonKey ?? null,
      priorityMs: priorityMs(fn, event),
      invokedBy: options.invokedBy ?? null,
      rerunOf: options.rerunOf ?? null,
      queuedAt: unit.now,
      startedAt: null,
      endedAt: null,
    },
    steps: new Map(),
    calls: new Map(),
    events,
  };
  unit.addRun(state);
  unit.putCall(state, newCall(state.run, DISCOVERY, options.startAt));
  scheduleStartTimeout(unit, state.run);
  watchForCancellation(unit, fn, state);
  return state;
}

function watchForCancellation(unit: Unit, fn: FunctionConfig, { run, events }: RunState): void {
  const origin = events[0];
  for (const [index, cancel] of fn.cancelOn.entries()) {
    const key = cancel.if && origin ? findMatchKey(cancel.if, eventScope(origin)) : undefined;
    unit.putWait({
      runId: run.id,
      stepId: `cancel:${index}`,
      kind: "cancel",
      eventName: cancel.event,
      expression: cancel.if ?? null,
      keyPath: key?.path ?? "",
      keyValue: key?.value ?? "",
      expiresAt: unit.now + (cancel.timeoutMs ?? YEAR_MS),
    });
  }
}
