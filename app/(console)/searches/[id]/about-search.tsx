import { ApprovalList } from "@/components/searches/approval-list";
import { SearchTimeline } from "@/components/searches/search-timeline";
import { KeyValueList } from "@/components/shell/key-value-list";
import { Section } from "@/components/shell/section";
import { describeCriteria } from "@/lib/criteria/describe-criteria";
import type { Lookups } from "@/lib/criteria/lookups";
import type { LoadedSearch } from "@/lib/searches/load-search";
import type { TimelineEntry } from "@/lib/searches/timeline";

type AboutSearchProps = { search: LoadedSearch; lookups: Lookups; timeline: readonly TimelineEntry[] };

/** What stays beside a search: its approvals, its criteria, and what happened. */
export function AboutSearch({ search, lookups, timeline }: AboutSearchProps) {
  return (
    <div className="min-w-0">
      {search.approvals.length > 0 && (
        <Section title="Approvals" frame="flush">
          <ApprovalList
            items={search.approvals.map((approval) => ({
              id: approval.id,
              checkpoint: approval.checkpoint,
              revision: approval.revision,
              status: approval.status,
              requestedAt: approval.requested_at,
              decidedAt: approval.decided_at,
              decidedBy: approval.decided_by,
              feedback: approval.feedback,
            }))}
          />
        </Section>
      )}
      <Section title="Criteria" frame="card">
        {search.criteria ? (
          <KeyValueList
            layout="stacked"
            items={describeCriteria(search.criteria, lookups).map(({ label, value }) => ({
              key: label,
              value: <span className="whitespace-pre-line">{value}</span>,
            }))}
          />
        ) : (
          <pre className="overflow-auto text-xs">{JSON.stringify(search.rawCriteria, null, 2)}</pre>
        )}
      </Section>
      <Section title="What happened">
        <SearchTimeline entries={timeline} />
      </Section>
    </div>
  );
}
