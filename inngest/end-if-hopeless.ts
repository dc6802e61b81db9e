import { NonRetriableError } from "inngest";
import { AgentError } from "@/lib/agents/failure";

/** An agent failure that trying again cannot mend ends the step at once; the others keep the function's retries. */
export async function endIfHopeless<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof AgentError && !cause.passing) throw new NonRetriableError(cause.message, { cause });
    throw cause;
  }
}
