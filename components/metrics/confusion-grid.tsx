import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/words/numbers";
import type { Confusion } from "@/lib/metrics/answers";
import { scoreCategories } from "@/lib/metrics/judge-categories";
import { type MetricsView, viewHref } from "@/lib/metrics/view";
import { sayCategory } from "./say-cell";

/** What the classifier said (rows) against what people said (columns). What lies off the diagonal was wrong; every number leads to its mails. */
export function ConfusionGrid({ pairs, view }: { pairs: Confusion; view: MetricsView }) {
  const names = scoreCategories(pairs).map(({ category }) => category);
  const mailsOf = (predicted: string, correct: string) =>
    pairs.find((pair) => pair.predicted === predicted && pair.correct === correct)?.mails ?? 0;
  const most = Math.max(1, ...pairs.map(({ mails }) => mails));
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm tabular-nums">
        <caption className="px-4 pt-3 pb-2 text-left text-xs text-muted-foreground">
          Rows: what the classifier said. Columns: what people said. Boxed numbers on the diagonal agree.
        </caption>
        <thead>
          <tr>
            <th scope="col" className="px-4 py-1 text-left text-xs font-semibold text-muted-foreground">
              Said by the classifier
            </th>
            {names.map((name) => (
              <th
                key={name}
                scope="col"
                className="px-1 py-1 align-bottom text-xs font-semibold text-muted-foreground"
              >
                {sayCategory(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((predicted) => (
            <tr key={predicted} className="border-t">
              <th scope="row" className="px-4 py-1 text-left font-normal whitespace-nowrap">
                {sayCategory(predicted)}
              </th>
              {names.map((correct) => {
                const mails = mailsOf(predicted, correct);
                const isRight = predicted === correct;
                return (
                  <td
                    key={correct}
                    className={cn("p-0.5 text-center", isRight && "outline outline-border -outline-offset-2")}
                  >
                    {mails > 0 ? (
                      <Link
                        href={viewHref("/metrics/rows", view, { of: "judged", predicted, correct })}
                        aria-label={`${formatCount(mails)} mails: classifier ${sayCategory(predicted)}, people ${sayCategory(correct)}`}
                        className="flex min-h-8 items-center justify-center rounded-sm px-2 font-semibold hover:underline touch:min-h-11"
                        style={{
                          background: `color-mix(in oklab, var(${isRight ? "--chart-1" : "--chart-4"}) ${Math.round(10 + (25 * mails) / most)}%, transparent)`,
                        }}
                      >
                        {formatCount(mails)}
                      </Link>
                    ) : (
                      <span aria-hidden="true" className="text-muted-foreground">
                        ·
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
