import type { Core } from "../core";
import { fromRow, textArray } from "../state/mapping";
import type { Job } from "../state/rows";
import type { RunState } from "../state/run-state";
import { JOB } from "../state/tables";
import type { Unit } from "../state/unit";
import { scheduleFinishTimeout } from "./timeouts";

const LEASE_MARGIN_MS = 60_000;

/**
 * Gives calls that are due to free slots, within the same transaction that made them due: an event's first call starts after
 * one commit. When more is due than fits, the database decides by rank, skipping keys that are full and apps that are down.
 */
export async function admitCalls(unit: Unit): Promise<void> {
  const { slots } = unit.core;
  const candidates = [...unit.candidates.values()];
  unit.candidates.clear();
  if (slots.backlog || candidates.length > slots.free) {
    await claimByRank(unit);
    return;
  }
  for (const { state, job } of candidates)
    if (blockingKey(unit.core, state, job) === undefined) start(unit, state, job);
}

const CLAIM = `select * from engine.job where kind = 'call' and state = 'queued' and due_at <= $1::timestamptz
  and not (keys && $2::text[]) order by rank limit $3::integer`;

async function claimByRank(unit: Unit): Promise<void> {
  const { slots, apps } = unit.core;
  slots.backlog = true;
  const full = new Set(apps.down.map((app) => `app:${app}`));
  while (slots.free > 0) {
    const asked = slots.free;
    const rows = await unit.query(CLAIM, [new Date(unit.now).toISOString(), textArray(full), asked]);
    const jobs = rows.map((row) => fromRow(JOB, row));
    await unit.load(jobs.flatMap((job) => (job.runId === null ? [] : [job.runId])));
    let blocked = 0;
    for (const found of jobs) {
      const state = await unit.find(found.runId ?? "");
      const job = state?.calls.get(found.stepId ?? "");
      if (!state || !job) {
        unit.dropJob(found.id);
        continue;
      }
      const key = blockingKey(unit.core, state, job);
      if (key === undefined) start(unit, state, job);
      else {
        full.add(key);
        blocked += 1;
      }
    }
    if (jobs.length < asked && blocked === 0) {
      slots.backlog = false;
      return;
    }
  }
}

function blockingKey(core: Core, state: RunState, job: Job): string | undefined {
  const { run } = state;
  if (core.apps.reasonDown(run.appId) !== undefined) return `app:${run.appId}`;
  const limits = core.functions.byId(run.functionId)?.concurrency ?? [];
  return job.keys.find((key, index) => {
    const limit = limits[index]?.limit;
    return limit !== undefined && key === run.concurrencyKeys[index] && !core.slots.hasRoom(key, limit);
  });
}

function start(unit: Unit, state: RunState, job: Job): void {
  const { run } = state;
  run.generation += 1;
  if (run.startedAt === null) {
    run.startedAt = unit.now;
    run.status = "Running";
    scheduleFinishTimeout(unit, run);
  }
  job.generation = run.generation;
  job.state = "running";
  job.leaseUntil = unit.now + unit.core.settings.callTimeoutMs + LEASE_MARGIN_MS;
  unit.touch(state);
  unit.putCall(state, job);
  unit.holdSlot(state, job);
}
