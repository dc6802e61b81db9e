import { Time } from "@/components/format/time";
import { PageHeader } from "@/components/page/page-header";
import { Section } from "@/components/page/section";
import { CheckpointCard } from "@/components/settings/checkpoint-card";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { checkpointSchema } from "@/lib/approvals/proposals";
import { requireOperator } from "@/lib/auth/operator";
import { listCheckpoints } from "@/lib/settings/checkpoints";
import { listOperators } from "@/lib/settings/operators";
import { changeMode } from "./actions";

export default async function CheckpointsPage() {
  const { db, operator } = await requireOperator();
  const [checkpoints, operators] = await Promise.all([listCheckpoints(db), listOperators(db)]);
  return (
    <>
      <PageHeader
        title="Checkpoints"
        description="Where the system stops and asks. Start in plan: it proposes, you approve or say what to change. Put a checkpoint into auto once you trust what it proposes; every change is kept with its reason."
      />
      <Section title="Plan or auto" frame="flush">
        <ul>
          {checkpoints.map((row) => (
            <CheckpointCard
              key={row.checkpoint}
              checkpoint={checkpointSchema.parse(row.checkpoint)}
              mode={row.mode === "auto" ? "auto" : "plan"}
              reason={row.reason}
              updatedBy={row.updated_by}
              updatedAt={row.updated_at}
              onChange={changeMode}
            />
          ))}
        </ul>
      </Section>
      <Section
        title="Operators"
        description="The people who sign in. An admin may also lift exclusions."
        frame="flush"
      >
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Name</TableHead>
              <TableHead className="max-sm:hidden">Address</TableHead>
              <TableHead>Role</TableHead>
              <TableHead numeric>Since</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {operators.map((row) => (
              <TableRow key={row.id}>
                <TableCell>
                  {row.display_name}
                  {row.id === operator.id && <span className="text-muted-foreground"> (you)</span>}
                  <span className="block text-xs break-all text-muted-foreground sm:hidden">{row.email}</span>
                </TableCell>
                <TableCell className="break-all max-sm:hidden">{row.email}</TableCell>
                <TableCell>
                  <Badge variant="outline">{row.role === "admin" ? "Admin" : "Operator"}</Badge>
                </TableCell>
                <TableCell numeric>
                  <Time iso={row.created_at} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
    </>
  );
}
