import { DownloadIcon } from "lucide-react";
import { Stat, StatGrid } from "@/components/shell/stat";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/words/numbers";
import type { ImportCounts } from "@/lib/imports/import-counts";
import { countReason } from "@/lib/imports/reason-words";

/** What the rows came to, in numbers, and the rows that bring no contact to take away. */
export function ImportTotals({ importId, counts }: { importId: string; counts: ImportCounts }) {
  const left = counts.property_only + counts.skip;
  const reasons = Object.entries(counts.reasons).sort(([, one], [, other]) => other - one);
  return (
    <>
      <StatGrid className="mb-4">
        <Stat label="New contacts" value={formatCount(counts.create)} />
        <Stat label="Known, blanks filled" value={formatCount(counts.update)} />
        <Stat label="Known, unchanged" value={formatCount(counts.known)} />
        <Stat
          label="Properties"
          value={formatCount(counts.newProperties + counts.knownProperties)}
          hint={`${formatCount(counts.newProperties)} new, ${formatCount(counts.newCompanies)} new owners`}
        />
        <Stat
          label="Rows without a contact"
          value={formatCount(left)}
          hint={`${formatCount(counts.property_only)} property only, ${formatCount(counts.skip)} skipped`}
        />
      </StatGrid>
      <div className="mb-6 grid gap-2">
        {reasons.length > 0 && (
          <ul className="list-disc pl-5 tabular-nums">
            {reasons.map(([reason, count]) => (
              <li key={reason}>{countReason(reason, count)}</li>
            ))}
          </ul>
        )}
        {counts.notMailed > 0 && (
          <p>
            {formatCount(counts.notMailed)} {counts.notMailed === 1 ? "contact is" : "contacts are"} saved and
            not mailed: excluded, bounced or do-not-contact.
          </p>
        )}
        {left > 0 && (
          <div>
            <Button asChild variant="outline">
              <a href={`/api/imports/${importId}/skipped`} download>
                <DownloadIcon /> Download the {formatCount(left)} rows and why
              </a>
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
