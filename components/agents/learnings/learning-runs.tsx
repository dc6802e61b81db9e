import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatCount, NO_VALUE } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import type { LearningRun } from "@/lib/agents/learnings/load-learning";

/** Every agent run a learning went into, and what came of it. */
export function LearningRuns({ runs }: { runs: readonly LearningRun[] }) {
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead>Run</TableHead>
          <TableHead className="max-md:hidden">About</TableHead>
          <TableHead>What came of it</TableHead>
          <TableHead numeric className="max-sm:hidden">
            Contacts
          </TableHead>
          <TableHead numeric>When</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {runs.map((run) => (
          <TableRow key={run.run_id}>
            <TableCell>
              <Link
                href={`/runs/agents/${run.run_id}`}
                className="font-semibold underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
              >
                {run.purpose}
              </Link>
              {run.applied !== null && (
                <Badge variant={run.applied ? "positive" : "attention"} className="ml-2">
                  {run.applied ? "Visibly applied" : "Asked for it, nothing shows"}
                </Badge>
              )}
            </TableCell>
            <TableCell className="max-md:hidden">
              {run.search_id ? (
                <Link href={`/searches/${run.search_id}`} className="underline-offset-4 hover:underline">
                  {run.search_name}
                </Link>
              ) : run.email_id ? (
                <Link
                  href={`/replies/${run.email_id}?tab=all`}
                  className="underline-offset-4 hover:underline"
                >
                  A reply
                </Link>
              ) : (
                NO_VALUE
              )}
            </TableCell>
            <TableCell>{sayOutcome(run)}</TableCell>
            <TableCell numeric className="max-sm:hidden">
              {run.contacts === null ? NO_VALUE : formatCount(run.contacts)}
            </TableCell>
            <TableCell numeric>
              <Time iso={run.started_at} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const DECISIONS: Readonly<Record<string, string>> = {
  approved: "Approved unchanged",
  changes_requested: "Changes were asked for",
  rejected: "Rejected",
  pending: "Waits for a decision",
  superseded: "Replaced by a newer proposal",
  expired: "Nobody answered",
};

const VERDICTS: Readonly<Record<string, string>> = {
  agree: "agreed with afterwards",
  would_change: "would have been changed",
  would_reject: "would have been rejected",
};

function sayOutcome(run: LearningRun): string {
  if (run.status === "failed") return "The run failed";
  if (run.corrected_to) return `Corrected by a person to ${run.corrected_to.replaceAll("_", " ")}`;
  if (run.decision === null) return run.status === "running" ? "Runs now" : "No approval was asked";
  const said = DECISIONS[run.decision] ?? run.decision;
  const edited = run.decision === "approved" && run.edited ? "Approved with edits" : said;
  if (run.decided_by !== "auto") return edited;
  return run.verdict
    ? `Went through in auto; ${VERDICTS[run.verdict] ?? run.verdict}`
    : "Went through in auto";
}
