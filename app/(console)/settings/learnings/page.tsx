import { GraduationCapIcon } from "lucide-react";
import type { Metadata } from "next";
import { ConflictList } from "@/components/learnings/conflict-list";
import { LearningList } from "@/components/learnings/learning-list";
import { FilterTabs } from "@/components/page/filter-tabs";
import { PageHeader } from "@/components/page/page-header";
import { Section } from "@/components/page/section";
import { pageHref } from "@/components/settings/page-href";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { requireOperator } from "@/lib/auth/operator";
import { listConflicts } from "@/lib/learnings/list-conflicts";
import { LEARNING_STATUSES, learningViewSchema, listLearnings } from "@/lib/learnings/list-learnings";
import { changeLearning, keepBoth, rewrite } from "./actions";

export const metadata: Metadata = { title: "Learnings" };

const PATH = "/settings/learnings";

export default async function LearningsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { db } = await requireOperator();
  const view = learningViewSchema.parse(await searchParams);
  const [page, conflicts] = await Promise.all([
    listLearnings(db, view),
    view.status === "active" ? listConflicts(db) : [],
  ]);
  const hrefOf = (query: Record<string, string | undefined>) =>
    pageHref(PATH, { status: view.status === "active" ? "" : view.status, agent: view.agent, ...query });
  return (
    <>
      <PageHeader
        title="Learnings"
        description="What people said about earlier proposals. The ones that fit are put into every later prompt of the agent; it cannot skip them. Pin what must always be there, merge what says the same, retire what no longer holds."
      />
      {conflicts.length > 0 && (
        <Section
          title="These pull in different directions"
          description="One prompt may carry both. Retire the one that no longer holds, merge them below, or keep both."
        >
          <ConflictList conflicts={conflicts} onChange={changeLearning} onKeepBoth={keepBoth} />
        </Section>
      )}
      <FilterTabs
        label="Filter learnings"
        tabs={LEARNING_STATUSES.map((status) => ({
          label: status === "active" ? "In use" : "Retired",
          href: pageHref(PATH, { status: status === "active" ? "" : status }),
          active: status === view.status,
        }))}
      />
      {page.rows.length > 0 ? (
        <LearningList learnings={page.rows} onChange={changeLearning} onRewrite={rewrite} />
      ) : (
        <EmptyState
          icon={GraduationCapIcon}
          title={view.status === "active" ? "No learnings yet" : "Nothing is retired"}
        >
          {view.status === "active"
            ? "When you ask for changes at a checkpoint or correct a reply's category, your words are kept here and used from then on."
            : "A learning you retire is kept here and can be brought back."}
        </EmptyState>
      )}
      <PaginationByKey
        label="Pages of learnings"
        previousHref={page.previous && hrefOf({ before: page.previous })}
        nextHref={page.next && hrefOf({ after: page.next })}
      />
    </>
  );
}
