import { StatusBadge } from "@/components/page/status-badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { RoutingRule } from "@/lib/settings/routing-rules";

const SEQUENCE: Record<string, string> = { stop: "stops", pause: "pauses", keep: "goes on" };

/** What happens with each category, as rows of words. */
export function RoutingTable({ rules }: { rules: readonly RoutingRule[] }) {
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead>Category</TableHead>
          <TableHead>What happens</TableHead>
          <TableHead className="max-md:hidden">Sequence</TableHead>
          <TableHead className="max-md:hidden">Asks a person</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rules.map((rule) => (
          <TableRow key={rule.category}>
            <TableCell className="align-top">
              <StatusBadge of="category" status={rule.category} />
            </TableCell>
            <TableCell className="min-w-40">{rule.action}</TableCell>
            <TableCell className="whitespace-nowrap max-md:hidden">
              {SEQUENCE[rule.sequence] ?? rule.sequence}
            </TableCell>
            <TableCell className="max-md:hidden">{rule.to_person ? "Yes" : "No"}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
