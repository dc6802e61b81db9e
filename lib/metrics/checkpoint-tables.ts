import { unwrap } from "@/lib/db/errors";
import { ask } from "./ask";
import { column, type MetricsTable, shareOf } from "./table";
import { daysBefore, viewHref } from "./view";

export const checkpointTables = {
  checkpoints: {
    title: "Decisions by checkpoint",
    columns: [
      column("checkpoint", "Checkpoint", "checkpoint"),
      column("mode", "Mode", "mode"),
      column("waiting", "Waiting now"),
      column("oldestAt", "Oldest asked", "time"),
      column("decided", "Decided by people"),
      column("p50", "Half within", "ms"),
      column("p95", "95% within", "ms"),
      column("approved", "Approved"),
      column("revisions", "Revisions per approval", "decimal"),
      column("byAuto", "Passed in auto"),
    ],
    load: async (db, view) =>
      (await ask.checkpoints(db, view)).map((row) => {
        const rows = (change: Record<string, string>) =>
          viewHref("/metrics/rows", view, { of: "decisions", checkpoint: row.checkpoint, ...change });
        return {
          id: row.checkpoint,
          cells: {
            checkpoint: row.checkpoint,
            mode: row.mode,
            waiting: row.waiting,
            oldestAt: row.oldest_at,
            decided: row.decided,
            p50: row.p50_ms,
            p95: row.p95_ms,
            approved: row.approved,
            revisions: row.revisions,
            byAuto: row.by_auto,
          },
          links: {
            checkpoint: `/settings/checkpoints/${row.checkpoint}`,
            waiting: row.waiting > 0 ? `/approvals?status=pending&checkpoint=${row.checkpoint}` : undefined,
            decided: row.decided > 0 ? rows({ mode: "plan" }) : undefined,
            approved: row.approved > 0 ? rows({ mode: "plan", status: "approved" }) : undefined,
            byAuto: row.by_auto > 0 ? rows({ mode: "auto" }) : undefined,
          },
        };
      }),
  },
  agreement: {
    title: "Left as proposed, by week",
    columns: [
      column("week", "Week of", "day"),
      column("checkpoint", "Checkpoint", "checkpoint"),
      column("judged", "Judged"),
      column("unchanged", "Unchanged"),
      column("share", "Agreement", "share"),
      column("edited", "Edited"),
      column("changes_asked", "Changes asked"),
      column("rejected", "Rejected"),
    ],
    load: async (db, view) =>
      (await ask.agreement(db, view)).map((row) => ({
        id: `${row.week}/${row.checkpoint}`,
        cells: { ...row, share: shareOf(row.unchanged, row.judged) },
        links: { checkpoint: `/settings/checkpoints/${row.checkpoint}` },
      })),
  },
  "mode-history": {
    title: "Mode history",
    columns: [
      column("at", "When", "time"),
      column("checkpoint", "Checkpoint", "checkpoint"),
      column("from", "From", "mode"),
      column("to", "To", "mode"),
      column("actor", "By", "text"),
      column("reason", "Why", "text"),
    ],
    load: async (db, view) => {
      const [since, until] = await Promise.all([
        db.rpc("desk_day", { p_day: view.from }),
        db.rpc("desk_day", { p_day: daysBefore(view.to, -1) }),
      ]);
      const rows = unwrap(
        await db
          .from("mode_changes")
          .select("id, at, checkpoint, from_mode, to_mode, actor, reason")
          .gte("at", unwrap(since))
          .lt("at", unwrap(until))
          .order("id", { ascending: false })
          .limit(200),
      );
      return rows.map((row) => ({
        id: String(row.id),
        cells: {
          at: row.at,
          checkpoint: row.checkpoint,
          from: row.from_mode,
          to: row.to_mode,
          actor: row.actor,
          reason: row.reason,
        },
        links: { checkpoint: `/settings/checkpoints/${row.checkpoint}` },
      }));
    },
  },
} satisfies Record<string, MetricsTable>;
