import { type ReactNode, useId } from "react";

type FigureProps = {
  title: string;
  /** What the axis counts: "mails per day". */
  unit: string;
  /** The chart. */
  children: ReactNode;
  /** The same figures as a table. */
  table: ReactNode;
  note?: ReactNode;
};

/** A chart with its title and unit above and its table behind. */
export function Figure({ title, unit, children, table, note }: FigureProps) {
  const id = useId();
  return (
    <figure aria-labelledby={id} className="min-w-0 rounded-lg border bg-card">
      <figcaption id={id} className="flex flex-wrap items-baseline gap-x-2 px-4 pt-3">
        <span className="font-semibold">{title}</span>
        <span className="text-xs text-muted-foreground">{unit}</span>
      </figcaption>
      <div className="px-4 py-3">{children}</div>
      {note && <p className="px-4 pb-3 text-xs text-muted-foreground">{note}</p>}
      <details className="border-t">
        <summary className="flex min-h-9 items-center px-4 text-xs text-muted-foreground -outline-offset-2 touch:min-h-11">
          Show the figures as a table
        </summary>
        <div className="border-t">{table}</div>
      </details>
    </figure>
  );
}
