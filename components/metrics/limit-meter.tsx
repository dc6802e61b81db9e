import Link from "next/link";
import { Progress } from "@/components/ui/progress";
import { formatCount, formatPercent } from "@/components/words/numbers";

type LimitMeterProps = {
  label: string;
  used: number;
  limit: number;
  /** Where the mails are that take these places. */
  href?: string | undefined;
};

/** How much of a rolling limit is used. */
export function LimitMeter({ label, used, limit, href }: LimitMeterProps) {
  const left = Math.max(0, limit - used);
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-4">
        <span className="font-semibold">{label}</span>
        <span className="tabular-nums">
          {href ? (
            <Link
              href={href}
              className="text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
            >
              {formatCount(used)}
            </Link>
          ) : (
            formatCount(used)
          )}{" "}
          of {formatCount(limit)} mails
        </span>
      </div>
      <Progress
        value={used}
        max={limit}
        aria-label={`${label}: ${formatCount(used)} of ${formatCount(limit)} mails`}
      />
      <p className="text-xs text-muted-foreground tabular-nums">
        {left === 0
          ? "The limit is reached; mail waits until the oldest of these falls out."
          : `${formatCount(left)} more may leave now (${formatPercent(used / limit)} used).`}
      </p>
    </div>
  );
}
