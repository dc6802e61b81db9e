import { formatCount, formatPercent } from "@/components/format/numbers";
import { Figure } from "@/components/page/figure";
import { StatusBadge } from "@/components/page/status-badge";
import { readStatus } from "@/components/page/status-words";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { BarFigure } from "./bar-figure";

type CategoryFigureProps = { categories: readonly { category: string; count: number }[]; days: number };

/** What came back, by category. */
export function CategoryFigure({ categories, days }: CategoryFigureProps) {
  const total = categories.reduce((sum, { count }) => sum + count, 0);
  const word = (category: string) => readStatus("category", category).text;
  return (
    <Figure
      title="Replies by category"
      unit={`mails, last ${days} days`}
      table={
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Category</TableHead>
              <TableHead numeric>Mails</TableHead>
              <TableHead numeric>Share</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {categories.map(({ category, count }) => (
              <TableRow key={category}>
                <TableCell>
                  <StatusBadge of="category" status={category} />
                </TableCell>
                <TableCell numeric>{formatCount(count)}</TableCell>
                <TableCell numeric>{formatPercent(count / total)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      }
    >
      {categories.length > 0 ? (
        <BarFigure
          label={`Replies by category: ${categories.map(({ category, count }) => `${word(category)} ${formatCount(count)}`).join(", ")}`}
          items={categories.map(({ category, count }) => ({ label: word(category), value: count }))}
        />
      ) : (
        <p className="py-8 text-center text-muted-foreground">No mail has come back in this time.</p>
      )}
    </Figure>
  );
}
