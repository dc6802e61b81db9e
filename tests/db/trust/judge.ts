import type { Desk } from "../support/desk";

export type Judged = "unchanged" | "edited" | "changes_asked" | "rejected";
export type CheckpointName = "sourcing" | "extraction" | "campaign" | "classification";

export interface Approval {
  readonly id: string;
  readonly content_hash: string;
  readonly mode: "plan" | "auto";
  readonly mode_reason: string;
  readonly status: string;
  readonly sampled: boolean;
}

export interface Trust {
  readonly checkpoint: CheckpointName;
  readonly agent: string;
  readonly agent_version: string | null;
  readonly model: string | null;
  readonly decisions: number;
  readonly unchanged: number;
  readonly edited: number;
  readonly changes_asked: number;
  readonly rejected: number;
  readonly changed_bps: number;
  readonly bound: number;
  readonly sentence: string;
  readonly passes: boolean;
  readonly all_decisions: number;
}

const PROPOSALS: Readonly<Record<CheckpointName, object>> = {
  sourcing: { strategy: "s", payloads: [{ title: "A", payload: { "1": 10, "2": 1 } }] },
  extraction: { strategy: "s", payloads: [{ title: "A", payload: { "1": 10, "2": 1 } }] },
  campaign: { planHash: "h", planRevision: 1, notes: [], totals: { enrolled: 10, sends: 30 } },
  classification: { category: "soft_pass", confidence: 0.9, facts: {} },
};
const EDITS: Readonly<Record<CheckpointName, object>> = {
  sourcing: { payloads: [{ title: "A", payload: { "1": 20, "2": 1 } }] },
  extraction: { payloads: [{ title: "A", payload: { "1": 20, "2": 1 } }] },
  campaign: {},
  classification: { category: "hard_pass" },
};

let runs = 0;

/** Something is proposed, as the product does it. */
export function propose(
  desk: Desk,
  checkpoint: CheckpointName,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<Approval> {
  return desk.service.row<Approval>("propose", {
    p_run_key: `run:${++runs}`,
    p_checkpoint: checkpoint,
    p_revision: 1,
    p_title: "Something",
    p_summary: "Something happens",
    p_proposal: PROPOSALS[checkpoint],
    ...extra,
  });
}

/** A person decides it in plan. */
export async function judge(
  desk: Desk,
  checkpoint: CheckpointName,
  judged: Judged,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<Approval> {
  const approval = await propose(desk, checkpoint, extra);
  await decide(desk, approval, checkpoint, judged);
  return approval;
}

export async function decide(
  desk: Desk,
  approval: Approval,
  checkpoint: CheckpointName,
  judged: Judged,
): Promise<void> {
  const decision =
    judged === "rejected" ? "reject" : judged === "changes_asked" ? "request_changes" : "approve";
  await desk.operator.call("decide_approval", {
    p_id: approval.id,
    p_decision: decision,
    p_content_hash: approval.content_hash,
    p_feedback: decision === "approve" ? null : "words",
    p_edits: judged === "edited" ? EDITS[checkpoint] : null,
  });
}

export async function judgeMany(
  desk: Desk,
  checkpoint: CheckpointName,
  judged: Judged,
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index++) await judge(desk, checkpoint, judged);
}

export async function trustOf(desk: Desk, checkpoint: CheckpointName): Promise<Trust> {
  const [trust] = await desk.operator.rows<Trust>("select * from checkpoint_trust() where checkpoint = $1", [
    checkpoint,
  ]);
  if (!trust) throw new Error(`no trust of ${checkpoint}`);
  return trust;
}

export const verdict = (
  desk: Desk,
  approval: Approval,
  said: "agree" | "would_change" | "would_reject",
  extra: Readonly<Record<string, unknown>> = {},
) =>
  desk.operator.call<{ outcome: string; mode?: string; by?: string }>("give_verdict", {
    p_id: approval.id,
    p_verdict: said,
    p_words: said === "agree" ? null : "words",
    ...extra,
  });

/** A person puts a checkpoint into auto, ahead of the evidence. */
export const intoAuto = (
  desk: Desk,
  checkpoint: CheckpointName,
  extra: Readonly<Record<string, unknown>> = {},
) =>
  desk.operator.call("set_checkpoint_mode", {
    p_checkpoint: checkpoint,
    p_mode: "auto",
    p_reason: "we are in a hurry",
    ...extra,
  });

export async function modeOf(desk: Desk, checkpoint: CheckpointName): Promise<string | undefined> {
  const [row] = await desk.operator.rows<{ mode: string }>(
    "select mode from checkpoint_modes where checkpoint = $1",
    [checkpoint],
  );
  return row?.mode;
}

/** A run of an agent with a definition of its own, as the runner records it. */
export async function agentRun(
  desk: Desk,
  version: string,
  outcome: {
    readonly agent?: string;
    readonly failure?: string;
    /** The model that was asked for, and the one that answered where the CLI says. */
    readonly model?: string;
    readonly answered?: string;
  } = {},
): Promise<string> {
  const { agent = "sourcing-agent", failure, model = "m", answered } = outcome;
  const [row] = await desk.service.rows<{ id: string }>(
    "insert into agent_runs (agent, agent_version, purpose, model, prompt, started_at) values ($1, $2, 'p', $3, 'p', clock_timestamp()) returning id",
    [agent, version, model],
  );
  if (!row) throw new Error("no run");
  await desk.service.rows(
    "update agent_runs set status = $2, failure_kind = $3, answered_model = $4, finished_at = now() where id = $1",
    [row.id, failure ? "failed" : "succeeded", failure ?? null, answered ?? null],
  );
  return row.id;
}
