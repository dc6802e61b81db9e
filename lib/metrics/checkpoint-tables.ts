import { ask } from "./ask";
import { loadModeHistory } from "./mode-history";
import { column, type MetricsTable, shareOf } from "./table";
import { viewHref, weekOf } from "./view";

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
        const decided = row.decided > 0 ? rows({ mode: "plan" }) : undefined;
        const approved = row.approved > 0 ? rows({ mode: "plan", status: "approved" }) : undefined;
        const isNarrowed = view.search !== undefined || view.market !== undefined;
        const waiting = isNarrowed
          ? rows({ of: "waiting" })
          : `/approvals?status=pending&checkpoint=${row.checkpoint}`;
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
            waiting: row.waiting > 0 ? waiting : undefined,
            ...{ decided, p50: decided, p95: decided, approved, revisions: approved },
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
      (await ask.agreement(db, view)).map((row) => {
        const rowsOf = (outcome?: string) =>
          viewHref("/metrics/rows", view, {
            of: "trust",
            checkpoint: row.checkpoint,
            outcome,
            ...weekOf(row.week, view),
          });
        return {
          id: `${row.week}/${row.checkpoint}`,
          cells: { ...row, share: shareOf(row.unchanged, row.judged) },
          links: {
            checkpoint: `/settings/checkpoints/${row.checkpoint}`,
            judged: rowsOf(),
            share: rowsOf(),
            ...Object.fromEntries(
              (["unchanged", "edited", "changes_asked", "rejected"] as const).map((outcome) => [
                outcome,
                row[outcome] > 0 ? rowsOf(outcome) : undefined,
              ]),
            ),
          },
        };
      }),
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
      const rows = await loadModeHistory(db, view);
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
