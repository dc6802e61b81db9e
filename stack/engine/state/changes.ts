import type { Gate, Job, Step, StoredEvent, Wait } from "./rows";
import type { RunState } from "./run-state";

/** What a unit is about to write. A row is in at most one of these, so one statement can write them all. */
export class Changes {
  readonly events = new Map<string, StoredEvent>();
  readonly runs = new Map<string, RunState["run"]>();
  readonly steps = new Map<string, Step>();
  readonly jobs = new Map<string, Job>();
  readonly droppedJobs = new Set<string>();
  readonly waits = new Map<string, Wait>();
  readonly droppedWaits = new Map<string, { readonly runId: string; readonly stepId: string }>();
  readonly gates = new Map<string, Gate>();
  readonly ended = new Set<string>();
}
