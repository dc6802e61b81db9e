import Link from "next/link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/words/time";
import type { Column, TableRow as Row } from "@/lib/metrics/table";
import { sayCell } from "./say-cell";

const LINK =
  "text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center";
const WORDS = new Set<Column["kind"]>(["text", "category", "checkpoint", "mode", "stage", "time", "day"]);

type MetricTableProps = { columns: readonly Column[]; rows: readonly Row[]; empty: string };

/** A table of figures; what has rows behind it leads to them. */
export function MetricTable({ columns, rows, empty }: MetricTableProps) {
  if (rows.length === 0) return <p className="px-4 py-6 text-center text-muted-foreground">{empty}</p>;
  return (
    <Table>
      <TableHeader>
        <TableRow>
          {columns.map(({ key, label, kind }) => (
            <TableHead key={key} numeric={!WORDS.has(kind)}>
              {label}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            {columns.map((column) => (
              <MetricCell key={column.key} row={row} column={column} />
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function MetricCell({ row, column: { key, kind } }: { row: Row; column: Column }) {
  const cell = row.cells[key];
  const href = row.links?.[key];
  const text = kind === "time" ? <Time iso={cell === null ? null : String(cell)} /> : sayCell(cell, kind);
  const isLong = kind === "text" && typeof cell === "string" && cell.length > 32;
  return (
    <TableCell numeric={!WORDS.has(kind)} className={isLong ? "min-w-56 break-words" : "whitespace-nowrap"}>
      {href ? (
        <Link href={href} className={LINK}>
          {text}
        </Link>
      ) : (
        text
      )}
    </TableCell>
  );
}
