import { ArrowRightIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type StatProps = {
  label: string;
  /** Already formatted, with its unit. */
  value: ReactNode;
  hint?: ReactNode;
  /** Where the number's evidence is; the whole tile then leads there. */
  href?: string;
  className?: string;
};

/** One number with what it counts. Wrap several in `StatGrid`. */
export function Stat({ label, value, hint, href, className }: StatProps) {
  const body = (
    <>
      <span className="flex items-center justify-between gap-2 text-xs text-muted-foreground">
        {label}
        {href && <ArrowRightIcon aria-hidden="true" className="size-3.5" />}
      </span>
      <span className="text-xl leading-8 font-semibold tabular-nums md:text-2xl">{value}</span>
      {hint && <span className="text-xs text-muted-foreground">{hint}</span>}
    </>
  );
  const tile = cn("flex min-w-0 flex-col gap-0.5 rounded-lg border bg-card px-4 py-3", className);
  if (!href) return <div className={tile}>{body}</div>;
  return (
    <Link href={href} className={cn(tile, "transition-colors hover:border-input hover:bg-accent")}>
      {body}
    </Link>
  );
}

export function StatGrid({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={cn(
        "mb-8 grid grid-cols-2 gap-3 md:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]",
        className,
      )}
    >
      {children}
    </div>
  );
}
