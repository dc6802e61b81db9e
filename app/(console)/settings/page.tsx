import Link from "next/link";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { CheckpointCard } from "@/components/trust/checkpoint-card";
import { CHECKPOINT_WORDS } from "@/components/trust/checkpoint-words";
import { NoticeList } from "@/components/trust/notice-list";
import { TrustFigure } from "@/components/trust/trust-figure";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/words/time";
import { requireOperator } from "@/lib/server/operator";
import { listOperators } from "@/lib/settings/operators";
import { loadCheckpointsPage } from "@/lib/trust/load-checkpoints-page";
import { loadTrend } from "@/lib/trust/load-history";
import { listNotices } from "@/lib/trust/notices";
import { seen } from "./checkpoints/actions";
import { ModeControl } from "./checkpoints/mode-control";

export default async function CheckpointsPage() {
  const { db, operator } = await requireOperator();
  const [{ trust, zone, choice }, operators, notices] = await Promise.all([
    loadCheckpointsPage(db),
    listOperators(db),
    listNotices(db),
  ]);
  const trends = await Promise.all(trust.map(({ checkpoint }) => loadTrend(db, checkpoint)));
  return (
    <>
      <PageHeader
        title="Checkpoints"
        description="Where the system stops and asks. In plan it proposes and you decide. What you decide is counted; once enough was approved unchanged, auto is suggested here. Only a person puts a checkpoint into auto. The system only takes it back."
        actions={
          <Button asChild variant="outline">
            <Link href="/settings/trust">Rules of trust</Link>
          </Button>
        }
      />
      <NoticeList notices={notices} onSeen={seen} />
      <Section title="Plan or auto" frame="flush">
        <ul>
          {trust.map((each, index) => (
            <CheckpointCard
              key={each.checkpoint}
              trust={each}
              zone={zone}
              control={<ModeControl trust={each} choice={choice} />}
              chart={
                (trends[index] ?? []).length > 1 && (
                  <TrustFigure
                    title={`Trust in ${CHECKPOINT_WORDS[each.checkpoint].title.toLowerCase()}`}
                    weeks={trends[index] ?? []}
                    bar={each.bar.bar}
                  />
                )
              }
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
