import { ScrollTextIcon } from "lucide-react";
import type { Metadata } from "next";
import { AuditList } from "@/components/settings/audit-list";
import { pageHref } from "@/components/settings/page-href";
import { PageHeader } from "@/components/shell/page-header";
import { SearchBox } from "@/components/shell/search-box";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { auditViewSchema, listAudit } from "@/lib/settings/audit";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await readQuery(searchParams, auditViewSchema);
  const page = await listAudit(db, view);
  const hrefOf = (start: { after?: string; before?: string }) =>
    pageHref("/settings/audit", { q: view.q, ...start });
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every decision, change and routing: who, when, what before, what after, and why. Rows are added and never touched again."
      />
      <SearchBox action="/settings/audit" label="Who, what or why" value={view.q} />
      {page.rows.length > 0 ? (
        <AuditList rows={page.rows} />
      ) : (
        <EmptyState
          icon={ScrollTextIcon}
          title={view.q ? `Nothing matches “${view.q}”` : "Nothing has happened yet"}
        >
          {view.q
            ? "Try a name, or a word like campaign, reply or mailbox."
            : "The first decision or change is written here."}
        </EmptyState>
      )}
      <PaginationByKey
        label="Pages of the audit log"
        previousHref={page.previous && hrefOf({ before: page.previous })}
        nextHref={page.next && hrefOf({ after: page.next })}
      />
    </>
  );
}
