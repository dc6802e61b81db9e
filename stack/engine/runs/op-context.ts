import type { CallReply } from "../calls/reply";
import type { Job } from "../state/rows";
import type { RunState } from "../state/run-state";
import type { Unit } from "../state/unit";

export type OpsReply = Extract<CallReply, { kind: "ops" }>;

/** What an operation's handler needs to know about the reply it came in. */
export interface OpContext {
  readonly unit: Unit;
  readonly state: RunState;
  readonly job: Job;
  readonly reply: OpsReply;
}
