import Link from "next/link";
import { formatCount, formatDuration, formatPercent, formatUsd } from "@/components/format/numbers";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { Overview } from "@/lib/metrics/overview";

/** How each agent did. Runs still going on count as neither success nor failure. */
export function AgentTable({ agents }: { agents: Overview["agents"] }) {
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead>Agent</TableHead>
          <TableHead numeric>Runs</TableHead>
          <TableHead numeric>Succeeded</TableHead>
          <TableHead numeric>Median time</TableHead>
          <TableHead numeric>Tokens</TableHead>
          <TableHead numeric>Cost</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {agents.map((agent) => (
          <TableRow key={agent.agent}>
            <TableCell>
              <Link
                href={`/runs/agents?agent=${encodeURIComponent(agent.agent)}`}
                className="whitespace-nowrap text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
              >
                {agent.agent}
              </Link>
            </TableCell>
            <TableCell numeric>{formatCount(agent.runs)}</TableCell>
            <TableCell numeric>{sayRate(agent)}</TableCell>
            <TableCell numeric>{formatDuration(agent.median_ms)}</TableCell>
            <TableCell numeric>{formatCount(agent.tokens)}</TableCell>
            <TableCell numeric>{formatUsd(agent.cost_microusd / 1e6)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function sayRate({ succeeded, failed }: Overview["agents"][number]): string {
  const ended = succeeded + failed;
  return ended === 0 ? "–" : formatPercent(succeeded / ended);
}
