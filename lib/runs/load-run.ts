import "server-only";
import { readEventData, readRun, readSteps } from "./engine-api";
import type { EngineRun } from "./run-shape";
import { subjectOf } from "./run-subject";
import type { RunStep } from "./trace-shape";

export interface LoadedRun {
  readonly run: EngineRun;
  readonly steps: readonly RunStep[];
  /** What the run was started with. */
  readonly eventData: unknown;
  /** The page of what it is about. */
  readonly subject: { readonly label: string; readonly href: string } | null;
}

/** One run with its steps and the event that started it. @throws {EngineError} */
export async function loadRun(id: string): Promise<LoadedRun> {
  const [run, steps] = await Promise.all([readRun(id), readSteps(id)]);
  const eventData = run.eventId ? await readEventData(run.eventId) : null;
  return { run, steps, eventData, subject: subjectOf(eventData) };
}
