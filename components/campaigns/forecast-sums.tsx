import { formatCount } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import type { sumByMailbox, sumSkips } from "@/lib/sending/forecast/page-of-forecast";

type ForecastSumsProps = {
  mailboxes: ReturnType<typeof sumByMailbox>;
  skips: ReturnType<typeof sumSkips>;
};

/** What each mailbox would send, and what would be skipped and why. */
export function ForecastSums({ mailboxes, skips }: ForecastSumsProps) {
  return (
    <ul className="mb-4 grid gap-1">
      {mailboxes.map(({ mailbox, mails, first, last }) => (
        <li key={mailbox} className="break-words">
          <span className="font-semibold tabular-nums">{formatCount(mails)}</span> from {mailbox}, the first{" "}
          <Time iso={new Date(first).toISOString()} show="absolute" />, the last{" "}
          <Time iso={new Date(last).toISOString()} show="absolute" />
        </li>
      ))}
      {skips.map(({ why, mails }) => (
        <li key={why} className="text-muted-foreground">
          <span className="tabular-nums">{formatCount(mails)}</span> would be skipped: {why}
        </li>
      ))}
    </ul>
  );
}
