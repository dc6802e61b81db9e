import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import { cursorOf, finishPage, type KeyColumn, startPage, startShape } from "@/lib/server/page-by-key";

export const LEARNING_STATUSES = ["active", "retired"] as const;

export const LEARNING_AGENTS = ["sourcing-agent", "response-classifier", "campaign-rules"] as const;

export const learningViewSchema = z.object({
  status: z.enum(LEARNING_STATUSES).catch("active"),
  agent: z.enum(LEARNING_AGENTS).optional().catch(undefined),
  ...startShape,
});
export type LearningView = z.infer<typeof learningViewSchema>;

const PAGE = 30;
const PINNED_FIRST: readonly KeyColumn[] = [
  { name: "pinned", ascending: false },
  { name: "created_at", ascending: false },
  { name: "id", ascending: false },
];

export type ListedLearning = Awaited<ReturnType<typeof listLearnings>>["rows"][number];

/** Words people said about proposals, pinned ones first, each with how many agent runs it went into. */
export async function listLearnings(db: Db, view: LearningView) {
  const all = db
    .from("agent_feedback")
    .select(
      "id, agent, checkpoint, words, adjustment, outcome, effect_bps, tags, status, pinned, became, author, created_at, search_id, searches(name)",
    )
    .eq("status", view.status);
  const query = view.agent ? all.eq("agent", view.agent) : all;
  const rows = unwrap(await startPage(query, PINNED_FIRST, view).limit(PAGE + 1));
  const page = finishPage(rows, PAGE, view, (row) => cursorOf([String(row.pinned), row.created_at, row.id]));
  const counted = await Promise.all(
    page.rows.map(async (row) => ({ ...row, runs: await countRuns(db, row.id) })),
  );
  return { ...page, rows: counted };
}

async function countRuns(db: Db, feedbackId: string): Promise<number> {
  const answer = await db
    .from("agent_run_learnings")
    .select("run_id", { count: "exact", head: true })
    .eq("feedback_id", feedbackId);
  ensure(answer);
  return answer.count ?? 0;
}
