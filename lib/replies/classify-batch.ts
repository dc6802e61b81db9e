import "server-only";
import { AgentError, type AgentFailureKind, AgentsPausedError } from "@/lib/agents/failure";
import { runAgent } from "@/lib/agents/run-agent";
import { batchSchema } from "./classification";
import { inputOf, MAX_TEXT_CHARS, shareOf } from "./classify-email";
import { isAboutMail } from "./is-about-mail";
import type { OpenedEmail } from "./open-email";
import { type Verdict, verdictForPerson, verdictOfAgent } from "./verdict";

/** Mails one agent call reads at most; more answers than this at once get careless. */
export const BATCH_SIZE = 20;
const MAX_BATCH_CHARS = 5 * MAX_TEXT_CHARS;

/** Failures of a whole batch that one mail alone may well not meet. */
const BATCH_OWN: ReadonlySet<AgentFailureKind> = new Set([
  "schema",
  "checks",
  "no_answer",
  "budget",
  "timed_out",
  "refused",
  "too_large",
  "broken",
]);

export interface BatchReading {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Ids of mails the batch gave no usable answer about: each is read by itself. */
  readonly alone: readonly string[];
}

/**
 * Asks the agent about several mails at once. Each result is held to the shape and to its mail; one that fails sends its mail
 * back to be read alone, and spoils no other. A mail that tries to give instructions is never read beside others.
 */
export async function classifyBatch(opened: readonly OpenedEmail[]): Promise<BatchReading> {
  const batch = chooseBatch(opened);
  const rest = opened.filter((one) => !batch.includes(one)).map((one) => one.email.id);
  if (batch.length < 2) return { verdicts: new Map(), alone: opened.map((one) => one.email.id) };
  try {
    const { output, runId } = await runAgent({
      agent: "response-classifier",
      purpose: `Classify ${batch.length} replies at once`,
      input: { mails: batch.map((one, index) => ({ id: idOf(index), ...inputOf(one) })) },
      schema: batchSchema,
      tags: [],
    });
    const share = await shareOf(runId, batch.length);
    const verdicts = new Map<string, Verdict>();
    for (const [index, one] of batch.entries()) {
      const results = output.results.filter((result) => result?.id === idOf(index));
      const [result] = results;
      if (
        result &&
        results.length === 1 &&
        isAboutMail(result.reason, `${one.email.subject}\n${one.decision.visibleText}`)
      )
        verdicts.set(one.email.id, verdictOfAgent(result, runId, one.decision, share));
    }
    const missed = batch.map((one) => one.email.id).filter((id) => !verdicts.has(id));
    return { verdicts, alone: [...rest, ...missed] };
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    if (error instanceof AgentsPausedError || BATCH_OWN.has(error.kind))
      return { verdicts: new Map(), alone: opened.map((one) => one.email.id) };
    const verdict = verdictForPerson(`The classifier could not read it: ${error.message}`);
    return { verdicts: new Map(batch.map((one) => [one.email.id, verdict])), alone: rest };
  }
}

function chooseBatch(opened: readonly OpenedEmail[]): OpenedEmail[] {
  let chars = 0;
  return opened
    .filter((one) => !one.decision.flags.includes("injection_attempt"))
    .filter((one) => {
      chars += Math.min(one.decision.visibleText.length, MAX_TEXT_CHARS) + (one.sent?.body.length ?? 0);
      return chars <= MAX_BATCH_CHARS;
    })
    .slice(0, BATCH_SIZE);
}

const idOf = (index: number) => `m${index + 1}`;
