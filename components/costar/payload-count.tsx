import { formatCount } from "@/components/words/numbers";
import { Time } from "@/components/words/time";

/** How many properties CoStar says a payload finds, and when it said so. */
export function PayloadCount({ count }: { count: { properties: number; countedAt: string } | null }) {
  if (!count) return <p className="text-xs text-muted-foreground">Not counted yet.</p>;
  return (
    <p className="tabular-nums">
      <span className="font-semibold">
        {formatCount(count.properties)} propert{count.properties === 1 ? "y" : "ies"}
      </span>{" "}
      <span className="text-xs text-muted-foreground">
        by CoStar's count, <Time iso={count.countedAt} />
        {count.properties === 0 && " · finds nothing as it stands"}
      </span>
    </p>
  );
}
