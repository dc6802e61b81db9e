import { AgentsPausedError } from "@/lib/agents/failure";
import { agentsResumed } from "./events";
import type { Step } from "./wait-for-decision";

/** Woken with everybody else that waits: asked a moment apart, so that one is the probe and the others see its answer. */
const LEEWAY_MS = 2000;

type Answer<Value> = { readonly value: Value } | { readonly pausedUntil: string };

/**
 * Does work that asks an agent. While agents are paused the run waits in place, as long as it takes: nothing is asked,
 * and nothing counts as a failed try.
 * @param label names the step.
 * @param onPause makes the reason visible where people look.
 */
export async function whenAgentsRun<Value>(
  step: Step,
  label: string,
  work: () => Promise<Value>,
  onPause?: (pause: AgentsPausedError) => Promise<void>,
): Promise<Value> {
  for (let round = 1; ; round++) {
    const name = round === 1 ? label : `${label}, try ${round}`;
    const answer = (await step.run(name, () => doOrPause(work, onPause))) as Answer<Value>;
    if ("value" in answer) return answer.value;
    await step.waitForEvent(`wait for agents: ${name}`, {
      event: agentsResumed,
      timeout: new Date(Math.max(Date.parse(answer.pausedUntil), Date.now()) + LEEWAY_MS),
    });
  }
}

async function doOrPause<Value>(
  work: () => Promise<Value>,
  onPause: ((pause: AgentsPausedError) => Promise<void>) | undefined,
): Promise<Answer<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof AgentsPausedError)) throw error;
    await onPause?.(error);
    return { pausedUntil: error.until };
  }
}
