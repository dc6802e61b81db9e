import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { NO_VALUE } from "@/components/words/numbers";

type KeyValueListProps = {
  items: { key: string; value: ReactNode }[];
  /** Side by side from 640 px on (default), or always one above the other. */
  layout?: "rows" | "stacked";
  className?: string;
};

export function KeyValueList({ items, layout = "rows", className }: KeyValueListProps) {
  const rows = layout === "rows";
  return (
    <dl className={cn("grid content-start text-sm", rows ? "gap-y-0" : "gap-y-3", className)}>
      {items.map(({ key, value }) => (
        <div
          key={key}
          className={cn(
            "grid gap-x-4",
            rows && "border-b py-2 first:pt-0 last:border-0 last:pb-0 sm:grid-cols-[10rem_1fr]",
          )}
        >
          <dt className="text-muted-foreground">{key}</dt>
          <dd className="min-w-0 break-words tabular-nums">{value ?? NO_VALUE}</dd>
        </div>
      ))}
    </dl>
  );
}
