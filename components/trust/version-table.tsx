import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatCount } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import { sayBound } from "./trust-words";

interface VersionTableProps {
  readonly versions: readonly {
    readonly agent: string;
    readonly agent_version: string | null;
    readonly model: string | null;
    readonly is_live: boolean;
    readonly last_at: string;
    readonly decisions: number;
    readonly unchanged: number;
    readonly bound: number;
  }[];
}

/** What each definition of the agent earned with each model; those that were replaced keep theirs. */
export function VersionTable({ versions }: VersionTableProps) {
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead>Agent, definition and model</TableHead>
          <TableHead numeric>Judged</TableHead>
          <TableHead numeric>Unchanged</TableHead>
          <TableHead numeric>At least</TableHead>
          <TableHead numeric className="max-sm:hidden">
            Last
          </TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {versions.map((version) => (
          <TableRow key={`${version.agent} ${version.agent_version} ${version.model}`}>
            <TableCell>
              <span className="flex flex-wrap items-center gap-x-2">
                {version.agent}
                {version.agent_version && (
                  <code className="text-xs text-muted-foreground">{version.agent_version.slice(0, 12)}</code>
                )}
                {version.model && <span className="text-xs text-muted-foreground">{version.model}</span>}
                {version.is_live && <Badge variant="outline">live</Badge>}
              </span>
            </TableCell>
            <TableCell numeric>{formatCount(version.decisions)}</TableCell>
            <TableCell numeric>{formatCount(version.unchanged)}</TableCell>
            <TableCell numeric>{sayBound(version.bound)}</TableCell>
            <TableCell numeric className="max-sm:hidden">
              <Time iso={version.last_at} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
