import { GraduationCapIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ConflictList } from "@/components/agents/learnings/conflict-list";
import { LearningList } from "@/components/agents/learnings/learning-list";
import { pageHref } from "@/components/settings/page-href";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { listConflicts } from "@/lib/agents/learnings/list-conflicts";
import {
  LEARNING_AGENTS,
  LEARNING_STATUSES,
  type LearningView,
  learningViewSchema,
  listLearnings,
} from "@/lib/agents/learnings/list-learnings";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { changeLearning, keepBoth, rewrite } from "./actions";

export const metadata: Metadata = { title: "Learnings" };

const PATH = "/settings/learnings";

export default async function LearningsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await readQuery(searchParams, learningViewSchema);
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
          href: hrefOf({ status: status === "active" ? "" : status }),
          active: status === view.status,
        }))}
      />
      <nav aria-label="Filter by agent" className="mb-4 flex flex-wrap gap-2">
        {[undefined, ...LEARNING_AGENTS].map((agent) => (
          <Button key={agent ?? "all"} asChild size="sm" variant="outline">
            <Link
              href={hrefOf({ agent })}
              scroll={false}
              aria-current={view.agent === agent ? "true" : undefined}
              className={cn(view.agent === agent && "border-primary font-semibold text-primary")}
            >
              {agent ?? "Every agent"}
            </Link>
          </Button>
        ))}
      </nav>
      {page.rows.length > 0 ? (
        <LearningList learnings={page.rows} onChange={changeLearning} onRewrite={rewrite} />
      ) : (
        <EmptyState icon={GraduationCapIcon} title={sayNone(view)}>
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

function sayNone({ status, agent }: LearningView): string {
  const of = agent ? ` of ${agent}` : "";
  return status === "active" ? `No learnings${of} yet` : `Nothing${of} is retired`;
}
