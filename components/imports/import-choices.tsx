import Link from "next/link";
import { formatCount } from "@/components/words/numbers";
import { sayField } from "@/lib/imports/columns";
import type { ColumnDifference } from "@/lib/imports/differences";
import { DifferenceChoice, type ImportChoice } from "./difference-choice";

type ImportChoicesProps = ImportChoice & {
  readonly columns: readonly ColumnDifference[];
  /** Where the differing rows are listed */
  readonly rowsHref: string;
};

/** The columns in which a file differs from what is known, and whose value stays in each. */
export function ImportChoices({ columns, rowsHref, ...choice }: ImportChoicesProps) {
  return (
    <div className="grid gap-3">
      <ul className="divide-y">
        {columns.map((column) => (
          <li
            key={column.field}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2 first:pt-0 last:pb-0"
          >
            <p className="tabular-nums">
              <span className="font-semibold">{sayField(column.field)}</span>{" "}
              <span className="text-muted-foreground">{sayColumn(column)}</span>
            </p>
            <DifferenceChoice {...choice} field={column.field} row={0} take={takeOf(column)} />
          </li>
        ))}
      </ul>
      <p>
        <Link
          href={rowsHref}
          scroll={false}
          className="underline underline-offset-2 touch:inline-block touch:py-2.5"
        >
          See the rows, and choose for single ones
        </Link>
      </p>
    </div>
  );
}

function takeOf({ rows, taken, take }: ColumnDifference) {
  if (take === "file" || taken === rows) return "file";
  return taken === 0 ? "ours" : null;
}

/** "differs in 12 rows; the file's value is taken in 3" */
function sayColumn({ rows, taken }: ColumnDifference): string {
  const differs = `differs in ${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`;
  if (taken === 0) return `${differs}; what is known stays`;
  if (taken === rows) return `${differs}; the file’s value is taken`;
  return `${differs}; the file’s value is taken in ${formatCount(taken)}`;
}
