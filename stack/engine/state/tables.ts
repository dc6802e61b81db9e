import type { Gate, Job, Run, Step, StoredEvent, Wait } from "./rows";

type ColumnType = "text" | "integer" | "boolean" | "text[]" | "timestamptz" | "double precision";

/** How one kind of row is kept: property names are camelCase, columns snake_case. */
export interface Table<Row> {
  readonly name: string;
  readonly key: readonly (keyof Row & string)[];
  readonly columns: { readonly [Property in keyof Row & string]: ColumnType };
}

export const EVENT: Table<StoredEvent> = {
  name: "engine.event",
  key: ["id"],
  columns: {
    id: "text",
    externalId: "text",
    name: "text",
    data: "text",
    userData: "text",
    ts: "timestamptz",
    receivedAt: "timestamptz",
  },
};

export const RUN: Table<Run> = {
  name: "engine.run",
  key: ["id"],
  columns: {
    id: "text",
    functionId: "text",
    appId: "text",
    eventIds: "text[]",
    status: "text",
    output: "text",
    reason: "text",
    maxAttempts: "integer",
    sdkVersion: "integer",
    planOnly: "boolean",
    pending: "text[]",
    generation: "integer",
    concurrencyKeys: "text[]",
    singletonKey: "text",
    priorityMs: "integer",
    invokedBy: "text",
    rerunOf: "text",
    queuedAt: "timestamptz",
    startedAt: "timestamptz",
    endedAt: "timestamptz",
  },
};

export const STEP: Table<Step> = {
  name: "engine.step",
  key: ["runId", "id"],
  columns: {
    runId: "text",
    id: "text",
    position: "integer",
    op: "text",
    name: "text",
    status: "text",
    memo: "text",
    input: "text",
    error: "text",
    race: "boolean",
    attempts: "integer",
    queuedAt: "timestamptz",
    startedAt: "timestamptz",
    endedAt: "timestamptz",
  },
};

export const JOB: Table<Job> = {
  name: "engine.job",
  key: ["id"],
  columns: {
    id: "text",
    kind: "text",
    runId: "text",
    stepId: "text",
    functionId: "text",
    state: "text",
    attempt: "integer",
    generation: "integer",
    again: "boolean",
    dueAt: "timestamptz",
    rank: "timestamptz",
    leaseUntil: "timestamptz",
    keys: "text[]",
    payload: "text",
  },
};

export const WAIT: Table<Wait> = {
  name: "engine.wait",
  key: ["runId", "stepId"],
  columns: {
    runId: "text",
    stepId: "text",
    kind: "text",
    eventName: "text",
    expression: "text",
    keyPath: "text",
    keyValue: "text",
    expiresAt: "timestamptz",
  },
};

export const GATE: Table<Gate> = {
  name: "engine.gate",
  key: ["key"],
  columns: { key: "text", opensAt: "double precision", expiresAt: "timestamptz" },
};
