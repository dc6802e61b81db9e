import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ConflictList } from "@/components/agents/learnings/conflict-list";
import { EditLearning } from "@/components/agents/learnings/edit-learning";
import { LearningActions } from "@/components/agents/learnings/learning-actions";
import { LearningRuns } from "@/components/agents/learnings/learning-runs";
import { pageHref } from "@/components/settings/page-href";
import { KeyValueList } from "@/components/shell/key-value-list";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { Time } from "@/components/words/time";
import { listConflicts } from "@/lib/agents/learnings/list-conflicts";
import { type LoadedLearning, listLearningRuns, loadLearning } from "@/lib/agents/learnings/load-learning";
import { requireOperator } from "@/lib/server/operator";
import { instantText, type PageQuery, readQuery } from "@/lib/server/read-query";
import { changeLearning, keepBoth, rewrite } from "../actions";

export const metadata: Metadata = { title: "Learning" };

const beforeSchema = z.object({ before: instantText.optional().catch(undefined) });

/** One learning: what was said, what changed, what came of it, and every run it went into. */
export default async function LearningPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: PageQuery;
}) {
  const { db } = await requireOperator();
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const { before } = await readQuery(searchParams, beforeSchema);
  const [learning, runs] = await Promise.all([loadLearning(db, id), listLearningRuns(db, id, before)]);
  if (!learning) notFound();
  const against = learning.status === "active" ? await listConflicts(db, id) : [];
  const path = `/settings/learnings/${id}`;
  return (
    <>
      <PageHeader
        above={
          <Link
            href="/settings/learnings"
            className="text-sm text-muted-foreground underline-offset-4 hover:underline"
          >
            Learnings
          </Link>
        }
        title={<q>{learning.words}</q>}
        aside={
          <>
            {learning.pinned && <Badge variant="info">Pinned</Badge>}
            <Badge variant={learning.status === "active" ? "positive" : "secondary"}>
              {learning.status === "active" ? "In use" : "Retired"}
            </Badge>
          </>
        }
        description={sayStanding(learning)}
        actions={
          <>
            {learning.status === "active" && <EditLearning learning={learning} onRewrite={rewrite} />}
            <LearningActions learning={learning} onChange={changeLearning} />
          </>
        }
      />
      {against.length > 0 && (
        <Section
          title="It pulls against another"
          description="One prompt may carry both. Retire the one that no longer holds, merge them in the list, or keep both."
        >
          <ConflictList conflicts={against} onChange={changeLearning} onKeepBoth={keepBoth} />
        </Section>
      )}
      <Section title="What came of it" frame="card">
        <KeyValueList items={factsOf(learning)} />
      </Section>
      <Section
        title="Runs it went into"
        description="The line stood in these prompts. What came of a run has many causes; the contacts are what its payloads found."
        frame={runs.rows.length > 0 ? "flush" : "none"}
      >
        {runs.rows.length > 0 ? (
          <LearningRuns runs={runs.rows} />
        ) : (
          <EmptyState title="No run has carried it yet">
            The next run of {learning.agent} that fits carries it in its prompt.
          </EmptyState>
        )}
      </Section>
      <PaginationByKey
        label="Pages of runs"
        previousHref={before ? path : null}
        nextHref={runs.next && pageHref(path, { before: runs.next })}
      />
    </>
  );
}

function sayStanding(learning: LoadedLearning) {
  if (!learning.became) return `For ${learning.agent}.`;
  return (
    <>
      Rewritten; later prompts carry{" "}
      <Link
        href={`/settings/learnings/${learning.became}`}
        className="text-primary underline underline-offset-4"
      >
        what it became
      </Link>
      .
    </>
  );
}

function factsOf(learning: LoadedLearning) {
  return [
    {
      key: "Said by",
      value: (
        <>
          {learning.author}, <Time iso={learning.created_at} />
        </>
      ),
    },
    ...(learning.search_id
      ? [
          {
            key: "About",
            value: (
              <Link
                href={`/searches/${learning.search_id}`}
                className="text-primary underline underline-offset-4"
              >
                {learning.searches?.name ?? "The search"}
              </Link>
            ),
          },
        ]
      : []),
    ...(learning.approval_id
      ? [
          {
            key: "Proposal",
            value: (
              <Link
                href={`/approvals/${learning.approval_id}`}
                className="text-primary underline underline-offset-4"
              >
                What was on the table
              </Link>
            ),
          },
        ]
      : []),
    { key: "What changed", value: learning.adjustment ?? "Nothing has been noted." },
    {
      key: "Measured effect",
      value:
        learning.outcome ?? (learning.measured_at ? "No mail came to measure it on." : "Not measured yet."),
    },
    {
      key: "Fits",
      value:
        learning.tags.length > 0
          ? learning.tags.join(", ").replaceAll("_", " ")
          : "Everything this agent does",
    },
    ...(learning.earlier.length > 0
      ? [
          {
            key: "Rewritten from",
            value: (
              <ul className="grid gap-1">
                {learning.earlier.map((earlier) => (
                  <li key={earlier.id}>
                    <Link
                      href={`/settings/learnings/${earlier.id}`}
                      className="underline-offset-4 hover:underline"
                    >
                      <q>{earlier.words}</q>
                    </Link>
                  </li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
  ];
}
