export type RunStatus = "Queued" | "Running" | "Completed" | "Failed" | "Cancelled";
export type StepStatus = "Waiting" | "Running" | "Completed" | "Failed" | "Cancelled";
export type JobKind = "call" | "sleep" | "start-timeout" | "finish-timeout" | "debounce" | "batch" | "cron";
export type WaitKind = "event" | "cancel" | "invoke" | "signal";

/** An event as stored. All times in this file are epoch milliseconds; `data`, `userData` are JSON text. */
export interface StoredEvent {
  readonly id: string;
  /** The sender's own id, the key for deduplication. */
  readonly externalId: string | null;
  readonly name: string;
  readonly data: string;
  readonly userData: string;
  readonly ts: number;
  readonly receivedAt: number;
}

/** One execution of one function. */
export interface Run {
  readonly id: string;
  readonly functionId: string;
  readonly appId: string;
  readonly eventIds: readonly string[];
  status: RunStatus;
  /** JSON text of the return value, or of the error of a failed run. */
  output: string | null;
  /** Why it is not moving or why it last failed, in words. */
  reason: string | null;
  readonly maxAttempts: number;
  /** Version the SDK answered with, -1 until it has. */
  sdkVersion: number;
  /** After a parallel group was reported, the SDK only plans steps until the group is done. */
  planOnly: boolean;
  /** Steps of the current parallel group that are not done. */
  pending: string[];
  /** Counts dispatches; fences replies and checkpoints of dispatches given up on. */
  generation: number;
  readonly concurrencyKeys: readonly string[];
  readonly singletonKey: string | null;
  readonly priorityMs: number;
  /** `<run>.<step>` of the step that invoked it. */
  readonly invokedBy: string | null;
  readonly rerunOf: string | null;
  readonly queuedAt: number;
  startedAt: number | null;
  endedAt: number | null;
}

/** One step of a run: known since it was reported, done once it has a position. */
export interface Step {
  readonly runId: string;
  readonly id: string;
  /** Place in the order of completion, which the SDK needs to replay races; null while open. */
  position: number | null;
  op: string;
  name: string;
  status: StepStatus;
  /** JSON text handed to the SDK in `steps[id]`. */
  memo: string | null;
  input: string | null;
  error: string | null;
  /** Part of `group.parallel({ mode: "race" })`: every completion goes on at once. */
  race: boolean;
  attempts: number;
  readonly queuedAt: number;
  startedAt: number | null;
  endedAt: number | null;
}

/** Something that becomes due: a call to an app, a sleep's end, a cron tick. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly runId: string | null;
  readonly stepId: string | null;
  readonly functionId: string | null;
  state: "queued" | "running";
  /** 0-based. */
  attempt: number;
  generation: number;
  /** The run needs another discovery as soon as the one in flight has answered. */
  again: boolean;
  dueAt: number;
  /** Order among due jobs: the due time moved earlier by the run's priority. */
  rank: number;
  leaseUntil: number | null;
  /** What limits it: concurrency keys, then `app:<id>`. */
  readonly keys: readonly string[];
  payload: string | null;
}

/** A run that waits for an event, a signal or an invoked function, or is cancelled by an event. */
export interface Wait {
  readonly runId: string;
  readonly stepId: string;
  readonly kind: WaitKind;
  readonly eventName: string;
  readonly expression: string | null;
  /** A value the event must have at a path, when the expression demands one; empty otherwise. */
  readonly keyPath: string;
  readonly keyValue: string;
  readonly expiresAt: number;
}

/** A deduplication or rate key: until `expiresAt`, `opensAt` is its theoretical arrival time. */
export interface Gate {
  readonly key: string;
  opensAt: number;
  expiresAt: number;
}
