import "server-only";
import { z } from "zod";
import { passCircuit } from "@/lib/agents/circuit";
import { AGENTS, readDefinitionVersion } from "@/lib/agents/definition";
import { AgentsPausedError } from "@/lib/agents/failure";
import { ownSlots } from "@/lib/agents/own-slots";
import { loadRecorded, replay, replayModel, replayPrompt } from "@/lib/agents/replay";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { serviceDb } from "@/lib/server/service-client";

const workSchema = z.object({
  shadowId: z.string(),
  runId: z.string(),
  agent: z.enum(AGENTS),
  version: z.string(),
  leftMicrousd: z.number(),
});
export type ShadowWork = z.infer<typeof workSchema>;

/** Live runs that finished and that a candidate should look at too, oldest first. */
export async function nextShadowWork(limit = 20): Promise<ShadowWork[]> {
  const rows = unwrap(await serviceDb().rpc("next_shadow_work", { p_limit: limit }));
  return rows.map((row) =>
    workSchema.parse({
      shadowId: row.shadow_id,
      runId: row.run_id,
      agent: row.agent,
      version: row.version,
      leftMicrousd: Number(row.left_microusd),
    }),
  );
}

/**
 * Has a candidate answer what a live run was asked, after the fact. It takes no place from live runs, never probes a
 * provider that is down, and its failure is a result like another.
 * @returns how it ended; "paused" when it should be tried later, "taken" when somebody else has it.
 */
export async function shadowOne(work: ShadowWork): Promise<"succeeded" | "failed" | "paused" | "taken"> {
  const definition = await readDefinitionVersion(work.agent, work.version);
  const recorded = await loadRecorded(work.runId);
  return ownSlots().take(
    "shadow",
    async () => {
      try {
        await passCircuit(false);
      } catch (error) {
        if (error instanceof AgentsPausedError) return "paused";
        throw error;
      }
      const prompt = replayPrompt(definition.prompt, recorded.learnings);
      const model = replayModel(definition);
      const id = unwrapMaybe(
        await serviceDb().rpc("claim_shadow_run", {
          p_shadow_id: work.shadowId,
          p_run_id: work.runId,
          p_model: model,
          p_prompt: prompt,
        }),
      );
      if (!id) return "taken";
      const budget = Math.min(env().AGENT_BUDGET_USD, work.leftMicrousd / 1e6);
      const replayed = await replay(id, recorded, prompt, model, budget);
      if (replayed.ok) return "succeeded";
      // A provider that is overloaded is not asked again for something nobody waits for.
      return replayed.failure.provider === "failed" ? "paused" : "failed";
    },
    "background",
  );
}
