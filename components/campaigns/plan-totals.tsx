import { Stat, StatGrid } from "@/components/shell/stat";
import { formatCount } from "@/components/words/numbers";
import { Time } from "@/components/words/time";

interface PlanTotalsProps {
  readonly totals: {
    readonly contacts: number;
    readonly enrolled: number;
    readonly leftOut: Readonly<Record<string, number>>;
    readonly sends: number;
    readonly mailboxes: number;
    readonly firstDueAt: string | null;
    readonly lastDueAt: string | null;
  };
  readonly timeZone: string;
}

/** A plan in numbers, and why anybody is left out. */
export function PlanTotals({ totals, timeZone }: PlanTotalsProps) {
  const leftOut = Object.entries(totals.leftOut).sort(([, a], [, b]) => b - a);
  return (
    <div className="grid gap-3">
      <StatGrid>
        <Stat
          label="Contacts mailed"
          value={formatCount(totals.enrolled)}
          hint={`of ${formatCount(totals.contacts)} found`}
        />
        <Stat
          label="Mails"
          value={formatCount(totals.sends)}
          hint={`from ${formatCount(totals.mailboxes)} mailbox${totals.mailboxes === 1 ? "" : "es"}`}
        />
        <Stat label="First mail" value={<Time iso={totals.firstDueAt} zone={timeZone} show="absolute" />} />
        <Stat label="Last mail" value={<Time iso={totals.lastDueAt} zone={timeZone} show="absolute" />} />
      </StatGrid>
      {leftOut.length > 0 && (
        <p className="text-muted-foreground">
          Left out:{" "}
          {leftOut.map(([reason, count], index) => (
            <span key={reason}>
              {index > 0 && "; "}
              <span className="font-semibold tabular-nums">{formatCount(count)}</span> {reason}
            </span>
          ))}
          .
        </p>
      )}
    </div>
  );
}
