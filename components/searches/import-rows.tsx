import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { IMPORT_FIELDS } from "@/lib/imports/columns";
import type { CheckedRow } from "@/lib/imports/load-import";
import { sayNote, sayReason } from "@/lib/imports/reason-words";
import { OUTCOME_WORDS } from "./import-words";

/** Rows of an import, each with what would come of it and why: a table, and cards where the screen is too narrow for one. */
export function ImportRows({ rows }: { rows: readonly CheckedRow[] }) {
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-card max-md:hidden">
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead numeric>Row</TableHead>
              <TableHead>What happens</TableHead>
              <TableHead>Contact</TableHead>
              <TableHead>Property</TableHead>
              <TableHead>Why, and what differs</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.row}>
                <TableCell numeric>{row.row.toLocaleString("en-US")}</TableCell>
                <TableCell>
                  <OutcomeBadge outcome={row.outcome} />
                </TableCell>
                <TableCell className="max-w-64">
                  <ContactCell row={row} />
                </TableCell>
                <TableCell className="max-w-64">
                  <PropertyCell row={row} />
                </TableCell>
                <TableCell className="max-w-80 whitespace-normal">
                  <Remarks row={row} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <ul className="divide-y rounded-lg border bg-card md:hidden">
        {rows.map((row) => (
          <li key={row.row} className="grid gap-1.5 px-4 py-3">
            <span className="flex flex-wrap items-center gap-2">
              <OutcomeBadge outcome={row.outcome} />
              <span className="text-xs text-muted-foreground tabular-nums">
                row {row.row.toLocaleString("en-US")}
              </span>
            </span>
            <ContactCell row={row} />
            <PropertyCell row={row} />
            <Remarks row={row} />
          </li>
        ))}
      </ul>
    </>
  );
}

function OutcomeBadge({ outcome }: { outcome: CheckedRow["outcome"] }) {
  return <Badge variant={OUTCOME_WORDS[outcome].tone}>{OUTCOME_WORDS[outcome].badge}</Badge>;
}

function ContactCell({ row: { facts } }: { row: CheckedRow }) {
  if (!facts.email && !facts.contactName && !facts.company)
    return <span className="text-muted-foreground">–</span>;
  return (
    <span className="grid break-words whitespace-normal">
      <bdi className="font-semibold">{facts.contactName ?? facts.company}</bdi>
      {facts.email && <bdi className="text-xs break-all text-muted-foreground">{facts.email}</bdi>}
      {facts.contactName && facts.company && (
        <bdi className="text-xs text-muted-foreground">{facts.company}</bdi>
      )}
    </span>
  );
}

function PropertyCell({ row: { facts } }: { row: CheckedRow }) {
  if (!facts.address) return <span className="text-muted-foreground">–</span>;
  const place = [facts.city, [facts.state, facts.zip].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  return (
    <span className="grid break-words whitespace-normal">
      <bdi>{facts.address}</bdi>
      {place && <bdi className="text-xs text-muted-foreground">{place}</bdi>}
    </span>
  );
}

function Remarks({ row }: { row: CheckedRow }) {
  return (
    <span className="grid gap-0.5 text-xs break-words">
      {row.reason && <span>{sayReason(row.reason, row.detail)}</span>}
      {row.fills.length > 0 && row.outcome !== "skip" && (
        <span>Fills in: {row.fills.map(sayField).join(", ")}.</span>
      )}
      {row.differences.map(({ field, ours, file }) => (
        <span key={field}>
          {sayField(field)} stays <bdi className="font-semibold">{ours}</bdi>; the file says{" "}
          <bdi className="font-semibold">{file}</bdi>.
        </span>
      ))}
      {row.notes.map((note) => (
        <span key={note} className="text-muted-foreground">
          {sayNote(note)}
        </span>
      ))}
    </span>
  );
}

function sayField(field: string): string {
  return field in IMPORT_FIELDS ? IMPORT_FIELDS[field as keyof typeof IMPORT_FIELDS].label : field;
}
