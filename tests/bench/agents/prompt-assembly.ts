import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { openPglite } from "@/stack/postgres/open-pglite";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { percentile, round } from "../suite";

const STORED = 2_000;
const ROUNDS = 200;

/**
 * From 2,000 stored learnings to a prompt that carries those it needs: ranked in the database, read over the API, fitted into
 * the token budget, written under their heading. Milliseconds, p95.
 */
export async function measurePromptAssembly(): Promise<{ prompt_assembly_p95_ms: number }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-prompts-"));
  const db = await openPglite(path.join(folder, "postgres"));
  const supabase = await startSupabase({ db, port: 0, migrationsDir: "supabase/migrations" });
  try {
    process.env.SUPABASE_URL = supabase.url;
    await db.query(
      `insert into public.agent_feedback (agent, checkpoint, words, adjustment, outcome, effect_bps, tags, author, created_at)
       select 'sourcing-agent', 'sourcing', 'Too narrow in market ' || n || ', add the one next to it', 'one market became two',
         'contacts: ' || n || ' → ' || n * 2, (n * 37) % 9000, array['Market ' || n % 80, 'Industrial'], 'Dana', now() - make_interval(hours => n)
         from generate_series(1, ${STORED}) n`,
    );
    const { loadLearnings } = await import("@/lib/agents/learnings/load-learnings");
    const { assemblePrompt } = await import("@/lib/agents/learnings/fit-learnings");
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      const learnings = await loadLearnings("sourcing-agent", [`Market ${round % 80}`, "Industrial", "Hold"]);
      assemblePrompt("# The definition", learnings);
      took.push(performance.now() - began);
    }
    return { prompt_assembly_p95_ms: round(percentile(took, 0.95)) };
  } finally {
    await supabase.close();
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
