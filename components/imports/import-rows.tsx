import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { sayField } from "@/lib/imports/columns";
import type { DifferingField } from "@/lib/imports/differences";
import type { CheckedRow } from "@/lib/imports/load-import";
import { sayNote, sayReason } from "@/lib/imports/reason-words";
import { DifferenceChoice, type ImportChoice } from "./difference-choice";
import { OUTCOME_WORDS } from "./import-words";

/** Rows of an import, each with what would come of it and why: a table, and cards where the screen is too narrow for one. */
export function ImportRows({ rows, choice }: { rows: readonly CheckedRow[]; choice: ImportChoice }) {
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
                  <Remarks row={row} choice={choice} />
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
            <Remarks row={row} choice={choice} />
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

function Remarks({ row, choice }: { row: CheckedRow; choice: ImportChoice }) {
  return (
    <div className="grid gap-0.5 text-xs break-words">
      {row.reason && <span>{sayReason(row.reason, row.detail)}</span>}
      {row.fills.length > 0 && row.outcome !== "skip" && (
        <span>Fills in: {row.fills.map(sayField).join(", ")}.</span>
      )}
      {row.differences.map((difference) => (
        <div key={difference.field} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-0.5">
          <p className="min-w-0 flex-1 basis-40">
            {sayField(difference.field)}:{" "}
            <Value text={sayValue(difference.field, difference.ours)} stays={difference.take === "ours"} /> is
            known, the file says{" "}
            <Value text={sayValue(difference.field, difference.file)} stays={difference.take === "file"} />.{" "}
            {difference.fixed}
          </p>
          {!difference.fixed && <DifferenceChoice {...choice} {...difference} row={row.row} />}
        </div>
      ))}
      {row.notes.map((note) => (
        <span key={note} className="text-muted-foreground">
          {sayNote(note)}
        </span>
      ))}
    </div>
  );
}

/** One of two values; the one that stays is the bold one. */
function Value({ text, stays }: { text: string; stays: boolean }) {
  return <bdi className={stays ? "font-semibold" : "text-muted-foreground"}>{text}</bdi>;
}

/** "44,100" for a size; years, ZIP codes and words as they are. */
function sayValue(field: DifferingField, text: string): string {
  const isSize = (field === "buildingSf" || field === "landAcres") && Number.isFinite(Number(text));
  return isSize ? Number(text).toLocaleString("en-US") : text;
}
