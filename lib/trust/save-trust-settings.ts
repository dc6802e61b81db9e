import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import type { TrustSettings } from "./trust-settings";

/** The rules of trust and who changed them last. */
export async function loadTrustSettings(
  db: Db,
): Promise<{ settings: TrustSettings; updatedBy: string; updatedAt: string }> {
  const row = unwrap(await db.from("trust_settings").select("*").eq("id", 1).single());
  return {
    settings: {
      barPercent: inPercent(row.bar),
      minDecisions: row.min_decisions,
      windowSize: row.window_size,
      samplePercent: inPercent(row.sample_share),
      firstLooks: row.first_looks,
      bouncePercent: row.bounce_line_bps / 100,
      complaintPercent: row.complaint_line_bps / 100,
      lineMinSends: row.line_min_sends,
      schemaFailuresInRow: row.schema_failures_in_row,
      schemaFailuresIn20: row.schema_failures_in_20,
    },
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  };
}

/**
 * Writes the rules of trust with their audit row.
 * @throws {DatabaseError} 22023 when not even a full window of approvals could reach the bar.
 */
export async function saveTrustSettings(db: Db, settings: TrustSettings): Promise<void> {
  ensure(
    await db.rpc("update_trust_settings", {
      p_changes: {
        bar: settings.barPercent / 100,
        min_decisions: settings.minDecisions,
        window_size: settings.windowSize,
        sample_share: settings.samplePercent / 100,
        first_looks: settings.firstLooks,
        bounce_line_bps: Math.round(settings.bouncePercent * 100),
        complaint_line_bps: Math.round(settings.complaintPercent * 100),
        line_min_sends: settings.lineMinSends,
        schema_failures_in_row: settings.schemaFailuresInRow,
        schema_failures_in_20: settings.schemaFailuresIn20,
      },
    }),
  );
}

function inPercent(share: number): number {
  return Math.round(share * 1000) / 10;
}
