import {
  Table,
  TableBody,
  TableCell,
  TableFooter,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import { formatCount, formatPercent } from "@/components/words/numbers";
import { contactYield } from "@/lib/searches/judge-yield";

export type PayloadYield = {
  position: number;
  title: string;
  properties: number;
  asked: number;
  contacts: number;
  withEmail: number;
};

const HEADS = ["Properties", "Asked", "Contacts", "With e-mail", "Yield"];

/** What each payload found so far. Yield: contacts with an e-mail address per property asked about. */
export function YieldTable({ rows }: { rows: readonly PayloadYield[] }) {
  const total = rows.reduce(
    (sum, row) => ({
      properties: sum.properties + row.properties,
      asked: sum.asked + row.asked,
      contacts: sum.contacts + row.contacts,
      withEmail: sum.withEmail + row.withEmail,
    }),
    { properties: 0, asked: 0, contacts: 0, withEmail: 0 },
  );
  return (
    <>
      <div className="overflow-hidden rounded-md border max-md:hidden">
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Payload</TableHead>
              {HEADS.map((head) => (
                <TableHead key={head} numeric>
                  {head}
                </TableHead>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.position}>
                <TableCell>
                  {row.position + 1}. {row.title}
                </TableCell>
                <Figures row={row} />
              </TableRow>
            ))}
          </TableBody>
          {rows.length > 1 && (
            <TableFooter>
              <TableRow>
                <TableCell>Together</TableCell>
                <Figures row={total} />
              </TableRow>
            </TableFooter>
          )}
        </Table>
      </div>
      <ol className="divide-y rounded-md border md:hidden">
        {rows.map((row) => (
          <li key={row.position} className="grid gap-1 px-3 py-2">
            <span className="font-semibold">
              {row.position + 1}. {row.title}
            </span>
            <span className="text-xs text-muted-foreground tabular-nums">
              {formatCount(row.asked)} of {formatCount(row.properties)} properties asked ·{" "}
              {formatCount(row.contacts)} contacts, {formatCount(row.withEmail)} with e-mail · yield{" "}
              {formatPercent(contactYield(row), 0)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Figures({ row }: { row: Omit<PayloadYield, "position" | "title"> }) {
  return (
    <>
      {[row.properties, row.asked, row.contacts, row.withEmail].map((count, index) => (
        <TableCell key={HEADS[index]} numeric>
          {formatCount(count)}
        </TableCell>
      ))}
      <TableCell numeric>{formatPercent(contactYield(row), 0)}</TableCell>
    </>
  );
}
