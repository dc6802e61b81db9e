import Link from "next/link";
import type { Action } from "@/components/shell/use-act";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/words/time";
import type { Exclusion } from "@/lib/settings/exclusions";
import { LiftButton } from "./lift-button";

type ExclusionTableProps = {
  rows: readonly Exclusion[];
  /** Only an admin may lift. */
  onLift: Action<{ id: string; reason: string }> | null;
};

const SOURCES: Record<string, string> = {
  bounce: "Bounced",
  opt_out: "Opted out",
  complaint: "Complained",
  manual: "By hand",
};

/** Who is never mailed again, why, and by whose word. */
export function ExclusionTable({ rows, onLift }: ExclusionTableProps) {
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead>Address or domain</TableHead>
          <TableHead className="max-md:hidden">Why</TableHead>
          <TableHead className="max-md:hidden">By</TableHead>
          <TableHead numeric className="max-sm:hidden">
            Since
          </TableHead>
          {onLift && (
            <TableHead>
              <span className="sr-only">Lift</span>
            </TableHead>
          )}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell>
              <span className="font-semibold break-all">
                {row.kind === "domain" ? `@${row.value}` : row.value}
              </span>{" "}
              <Badge variant="outline">{SOURCES[row.source] ?? row.source}</Badge>
              <span className="line-clamp-2 text-xs break-words text-muted-foreground md:hidden">
                {row.reason}
              </span>
              <Time iso={row.created_at} className="text-xs text-muted-foreground sm:hidden" />
            </TableCell>
            <TableCell className="max-w-96 break-words text-muted-foreground max-md:hidden">
              <span className="line-clamp-2" title={row.reason}>
                {row.reason}
              </span>
              {row.email_id && (
                <Link
                  href={`/replies/${row.email_id}?tab=all`}
                  className="text-primary underline underline-offset-4"
                >
                  The mail
                </Link>
              )}
            </TableCell>
            <TableCell className="max-md:hidden">
              {row.created_by === "system" ? "Rule" : row.created_by}
            </TableCell>
            <TableCell numeric className="max-sm:hidden">
              <Time iso={row.created_at} />
            </TableCell>
            {onLift && (
              <TableCell className="text-right">
                <LiftButton id={row.id} value={row.value} source={row.source} onLift={onLift} />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
