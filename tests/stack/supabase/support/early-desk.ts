import type { Database } from "@/stack/postgres/database";

/** What the baseline replaced, as a database of that time has it written down. */
export const REPLACED = (
  "0001_operators 0002_audit_and_transitions 0003_settings 0004_market 0005_searches_and_agents 0006_approvals " +
  "0007_extractions 0008_campaigns 0009_planning 0010_sending 0011_replies 0012_routing 0013_overview 0014_saving " +
  "0015_candidates 0016_link_email 0017_exclusions 0018_learnings 0020_relays 0022_limits_and_pace " +
  "0023_pauses_and_reasons 0024_lookups 0025_imports 0028_sync_and_matching 0029_routing_data 0030_evidence 0031_trust " +
  "0032_agent_runner 0033_agent_shadows 0034_metric_rollups 0035_dashboard 0036_learning_effects 0037_source_again " +
  "0038_enrollment_and_plans 0039_campaign_edits 0040_reply_reads 0041_answer_templates 0042_said_and_done " +
  "0043_import_choices 0044_leave_out_while_running 0046_trust_by_model 0047_rows_behind_numbers " +
  "0048_learnings_applied 0049_ranked_faster"
)
  .split(" ")
  .map((file) => ({ version: file.slice(0, 4), name: file.slice(5) }));

/** Writes the records of a database that was migrated up to `newest` before there was a baseline. */
export async function recordAsBefore(db: Database, newest: string): Promise<void> {
  await db.exec("delete from supabase_migrations.schema_migrations");
  for (const { version, name } of REPLACED)
    if (version <= newest)
      await db.query(
        "insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, '{}')",
        [version, name],
      );
}
