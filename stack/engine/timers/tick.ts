import { cancelRun } from "../runs/end-run";
import { saveStep } from "../runs/save-step";
import { fromRow } from "../state/mapping";
import type { Job, Wait } from "../state/rows";
import { JOB, WAIT } from "../state/tables";
import type { Unit } from "../state/unit";
import { fireBatch, fireDebounce } from "./fire-buffers";
import { fireCron } from "./fire-cron";

const MAX_PER_TICK = 500;
const DUE_JOBS = `select * from engine.job where state = 'queued' and kind <> 'call' and due_at <= $1::timestamptz order by due_at limit ${MAX_PER_TICK}`;
const DUE_WAITS = `select * from engine.wait where expires_at <= $1::timestamptz order by expires_at limit ${MAX_PER_TICK}`;
const NEXT = `select least((select min(due_at) from engine.job where state = 'queued' and due_at > $1::timestamptz),
  (select min(expires_at) from engine.wait)) as next`;

const INVOKE_TIMEOUT = {
  error: {
    name: "InngestInvokeTimeoutError",
    message: "Timed out waiting for invoked function to complete",
    error: "InngestInvokeTimeoutError: Timed out waiting for invoked function to complete",
  },
};

/** Does everything that is due, up to a bound per transaction. Returns when to look again, epoch ms. */
export async function tick(unit: Unit): Promise<number> {
  const now = new Date(unit.now).toISOString();
  const jobs = (await unit.query(DUE_JOBS, [now])).map((row) => fromRow(JOB, row));
  const waits = (await unit.query(DUE_WAITS, [now])).map((row) => fromRow(WAIT, row));
  await unit.load([...jobs, ...waits].flatMap((row) => (row.runId === null ? [] : [row.runId])));
  for (const job of jobs) {
    unit.dropJob(job.id);
    await fire(unit, job);
  }
  for (const wait of waits) await expire(unit, wait);
  // Calls whose time has come (retries, throttled starts) are claimed by rank at the end of this unit.
  unit.core.slots.backlog = true;
  if (jobs.length === MAX_PER_TICK || waits.length === MAX_PER_TICK) return unit.now;
  const rows = await unit.query<{ next: string | Date | null }>(NEXT, [now]);
  const next = rows[0]?.next;
  return next ? new Date(next).getTime() : Number.POSITIVE_INFINITY;
}

async function fire(unit: Unit, job: Job): Promise<void> {
  switch (job.kind) {
    case "cron":
      return fireCron(unit, job);
    case "debounce":
      return fireDebounce(unit, job);
    case "batch":
      return fireBatch(unit, job);
  }
  const state = await unit.find(job.runId ?? "");
  if (!state || state.run.endedAt !== null) return;
  if (job.kind === "sleep" && job.stepId !== null) await saveStep(unit, state, job.stepId, { memo: "null" });
  if (job.kind === "finish-timeout") await cancelRun(unit, state, "not finished within timeouts.finish");
  if (job.kind === "start-timeout" && state.run.startedAt === null)
    await cancelRun(unit, state, "not started within timeouts.start");
}

async function expire(unit: Unit, wait: Wait): Promise<void> {
  unit.dropWait(wait.runId, wait.stepId);
  if (wait.kind === "cancel") return;
  const state = await unit.find(wait.runId);
  if (!state) return;
  const isInvoke = wait.kind === "invoke";
  await saveStep(unit, state, wait.stepId, {
    memo: isInvoke ? JSON.stringify(INVOKE_TIMEOUT) : "null",
    isError: isInvoke,
  });
}
