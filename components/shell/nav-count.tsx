import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/words/numbers";

/** A count beside a navigation item; the words behind it are for those who do not see where it stands. */
export function NavCount({
  count,
  counts,
  className,
}: {
  count: number | undefined;
  counts: string;
  className?: string;
}) {
  if (!count) return null;
  return (
    <span
      className={cn(
        "rounded-full bg-primary px-1.5 text-2xs leading-4 font-semibold text-primary-foreground tabular-nums",
        className,
      )}
    >
      {count > 999 ? "999+" : formatCount(count)}
      <span className="sr-only"> {counts}</span>
    </span>
  );
}
