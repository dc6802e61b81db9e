import type { Sql, SqlParam } from "@/stack/postgres/database";
import type { Core } from "../core";
import { Changes } from "./changes";
import { flushSql } from "./flush";
import { loadRuns } from "./load-runs";
import { fromRow, textArray } from "./mapping";
import type { Gate, Job, Step, StoredEvent, Wait } from "./rows";
import type { RunState } from "./run-state";
import { GATE, JOB } from "./tables";

/** A call that may start as soon as the unit is committed. */
export interface Dispatch {
  readonly state: RunState;
  readonly job: Job;
  readonly token: string;
}

/**
 * One transaction's view of the engine: rows are loaded once, changed in memory and written together. Several transitions
 * share a unit, so that a hundred replies arriving together cost one commit.
 */
export class Unit {
  readonly now: number;
  /** Calls to start after the commit. */
  readonly dispatches: Dispatch[] = [];
  /** Calls that became due in this unit and have not been admitted. */
  readonly candidates = new Map<string, { state: RunState; job: Job }>();
  /** System events to route before the unit is committed. */
  readonly emitted: StoredEvent[] = [];
  /** Earliest time something written here becomes due. */
  earliestDue = Number.POSITIVE_INFINITY;
  readonly #runs = new Map<string, RunState>();
  readonly #gates = new Map<string, Gate | undefined>();
  readonly #keyedJobs = new Map<string, Job | undefined>();
  readonly #released: { token: string; keys: readonly string[] }[] = [];
  #changes = new Changes();

  constructor(
    readonly core: Core,
    readonly tx: Sql,
  ) {
    this.now = core.settings.clock.now();
  }

  /** Loads what is not loaded yet, in one query. */
  async load(runIds: Iterable<string>): Promise<void> {
    const missing: string[] = [];
    for (const id of new Set(runIds)) {
      if (this.#runs.has(id)) continue;
      const active = this.core.active.get(id);
      if (active) this.#runs.set(id, active);
      else missing.push(id);
    }
    if (missing.length === 0) return;
    for (const state of await loadRuns(this.tx, missing)) this.#runs.set(state.run.id, state);
  }

  async find(runId: string): Promise<RunState | undefined> {
    await this.load([runId]);
    return this.#runs.get(runId);
  }

  addRun(state: RunState): void {
    this.#runs.set(state.run.id, state);
    this.touch(state);
  }

  touch(state: RunState): void {
    this.#changes.runs.set(state.run.id, state.run);
  }

  putStep(state: RunState, step: Step): void {
    state.steps.set(step.id, step);
    this.#changes.steps.set(`${step.runId} ${step.id}`, step);
  }

  /** Writes a job that belongs to no call of a run: a timer, a buffer. */
  putJob(job: Job): void {
    this.#changes.droppedJobs.delete(job.id);
    this.#changes.jobs.set(job.id, job);
    this.#keyedJobs.set(job.id, job);
    if (job.state === "queued") this.earliestDue = Math.min(this.earliestDue, job.dueAt);
  }

  putCall(state: RunState, job: Job): void {
    this.putJob(job);
    if (job.stepId !== null) state.calls.set(job.stepId, job);
    if (job.state === "queued" && job.dueAt <= this.now) this.candidates.set(job.id, { state, job });
    else this.candidates.delete(job.id);
  }

  dropJob(id: string): void {
    this.#changes.jobs.delete(id);
    this.#changes.droppedJobs.add(id);
    this.#keyedJobs.set(id, undefined);
    this.candidates.delete(id);
  }

  dropCall(state: RunState, job: Job): void {
    this.dropJob(job.id);
    if (job.stepId !== null) state.calls.delete(job.stepId);
  }

  putWait(wait: Wait): void {
    this.#changes.waits.set(`${wait.runId} ${wait.stepId}`, wait);
    this.earliestDue = Math.min(this.earliestDue, wait.expiresAt);
    const paths = this.core.waitPaths.get(wait.eventName) ?? new Set();
    this.core.waitPaths.set(wait.eventName, paths.add(wait.keyPath));
  }

  dropWait(runId: string, stepId: string): void {
    this.#changes.waits.delete(`${runId} ${stepId}`);
    this.#changes.droppedWaits.set(`${runId} ${stepId}`, { runId, stepId });
  }

  putEvent(event: StoredEvent): void {
    this.#changes.events.set(event.id, event);
  }

  /** Forgets everything a run was still to do; its calls in flight are fenced off by the missing job. */
  dropWorkOf(state: RunState): void {
    const { id } = state.run;
    for (const job of state.calls.values()) this.candidates.delete(job.id);
    state.calls.clear();
    this.#changes.ended.add(id);
    for (const job of this.#changes.jobs.values()) if (job.runId === id) this.#changes.jobs.delete(job.id);
    for (const [key, wait] of this.#changes.waits) if (wait.runId === id) this.#changes.waits.delete(key);
  }

  async loadGates(keys: Iterable<string>): Promise<void> {
    const missing = [...new Set(keys)].filter((key) => !this.#gates.has(key));
    if (missing.length === 0) return;
    const rows = await this.tx.query(
      `select * from engine.gate where key = any($1::text[]) and expires_at > $2::timestamptz`,
      [textArray(missing), new Date(this.now).toISOString()],
    );
    for (const key of missing) this.#gates.set(key, undefined);
    for (const row of rows) {
      const gate = fromRow(GATE, row);
      this.#gates.set(gate.key, gate);
    }
  }

  async gate(key: string): Promise<Gate | undefined> {
    await this.loadGates([key]);
    return this.#gates.get(key);
  }

  putGate(gate: Gate): void {
    this.#gates.set(gate.key, gate);
    this.#changes.gates.set(gate.key, gate);
  }

  /** A job with a made-up id (a debounce, a batch), as this unit sees it. */
  async keyedJob(id: string): Promise<Job | undefined> {
    if (!this.#keyedJobs.has(id)) {
      const rows = await this.tx.query("select * from engine.job where id = $1", [id]);
      this.#keyedJobs.set(id, rows[0] && fromRow(JOB, rows[0]));
    }
    return this.#keyedJobs.get(id);
  }

  /** Queries tables this unit may have changed: writes the changes first. */
  async query<Row = Record<string, unknown>>(text: string, params: readonly SqlParam[]): Promise<Row[]> {
    await this.flush();
    return this.tx.query<Row>(text, params);
  }

  async flush(): Promise<void> {
    const changes = this.#changes;
    this.#changes = new Changes();
    const statement = flushSql(changes);
    if (statement) await this.tx.query(statement.text, statement.params);
  }

  holdSlot(state: RunState, job: Job): void {
    const token = `${job.id} ${job.generation}`;
    this.core.slots.hold(token, state.run.concurrencyKeys);
    this.dispatches.push({ state, job, token });
  }

  releaseSlot(token: string): void {
    const keys = this.core.slots.release(token);
    if (keys) this.#released.push({ token, keys });
  }

  /** After the commit: what has a call in flight stays in memory, everything else is only rows. */
  settle(): void {
    for (const [id, state] of this.#runs) {
      const inFlight = [...state.calls.values()].some((job) => job.state === "running");
      if (inFlight) this.core.active.set(id, state);
      else this.core.active.delete(id);
    }
  }

  /** After a rollback: memory forgets what the unit changed and reads it again. */
  abandon(): void {
    for (const id of this.#runs.keys()) this.core.active.delete(id);
    for (const { token } of this.dispatches) this.core.slots.release(token);
    for (const { token, keys } of this.#released) this.core.slots.hold(token, keys);
    this.core.slots.backlog = true;
  }
}
