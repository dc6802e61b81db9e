import { BotIcon } from "lucide-react";
import { ResultsFeedback } from "@/components/agents/learnings/results-feedback";
import { ExtractionButtons } from "@/components/costar/extraction-buttons";
import { ExtractionPanel } from "@/components/costar/extraction-panel";
import { PlanCards } from "@/components/criteria/plan-cards";
import { RunList } from "@/components/searches/run-list";
import { Section } from "@/components/shell/section";
import { Stat, StatGrid } from "@/components/shell/stat";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/words/numbers";
import { readStatus } from "@/components/words/status-words";
import type { Lookups } from "@/lib/criteria/lookups";
import { countsSchema } from "@/lib/imports/import-counts";
import type { CoStarSession, LoadedExtraction } from "@/lib/searches/load-extraction";
import type { LoadedSearch, SearchRun } from "@/lib/searches/load-search";
import { noteSearchResults } from "../../settings/learnings/actions";
import { tellExtraction } from "./actions";

type SearchProgressProps = {
  search: LoadedSearch;
  extraction: LoadedExtraction | null;
  session: CoStarSession;
  results: { properties: number; contacts: number };
  runs: readonly SearchRun[];
  lookups: Lookups;
};

/** What the search is at: its extraction, what came of it, the payloads, and the agent runs behind them. */
export function SearchProgress({ search, extraction, session, results, runs, lookups }: SearchProgressProps) {
  return (
    <div className="min-w-0">
      {extraction && (
        <ExtractionPanel
          status={extraction.status}
          reason={extraction.reason}
          startedAt={extraction.started_at}
          finishedAt={extraction.finished_at}
          payloads={extraction.payloads.map(({ with_email, ...row }) => ({ ...row, withEmail: with_email }))}
          file={toImportView(extraction)}
          allListed={extraction.allListed}
          requestsPerMinute={extraction.requestsPerMinute}
          session={{
            state: session.state,
            detail: session.detail,
            deadlineAt: session.deadline_at,
            expiresAt: session.expires_at,
            updatedAt: session.updated_at,
          }}
          buttons={
            <ExtractionButtons
              extractionId={extraction.id}
              canRetry={extraction.status === "stopped"}
              onAnswer={tellExtraction}
            />
          }
        />
      )}
      {results.properties + results.contacts > 0 && <Results search={search} results={results} />}
      {extraction?.status === "completed" && (
        <Section title="Were these the right owners?" frame="card">
          <ResultsFeedback
            searchId={search.id}
            approvalHref={campaignApprovalHref(search)}
            onNote={noteSearchResults}
          />
        </Section>
      )}
      {search.plan && search.plan.payloads.length > 0 ? (
        <PlanCards strategy={search.plan.strategy} payloads={search.plan.payloads} lookups={lookups} />
      ) : (
        <EmptyState
          icon={BotIcon}
          title={search.source === "import" ? "No payloads" : "No payloads yet"}
          className="mb-8"
        >
          {search.source === "import"
            ? "This search began with a CoStar export, so there was nothing for the sourcing agent to write."
            : ["new", "sourcing"].includes(search.status)
              ? "The sourcing agent writes them now; they appear here by themselves."
              : "The search ended before the sourcing agent had written any."}
        </EmptyState>
      )}
      {runs.length > 0 && (
        <Section title="Agent runs" frame="flush">
          <RunList runs={runs.map(toRunView)} />
        </Section>
      )}
    </div>
  );
}

function campaignApprovalHref({ approvals }: LoadedSearch): string | null {
  const waiting = approvals.find(
    ({ checkpoint, status }) => checkpoint === "campaign" && status === "pending",
  );
  return waiting ? `/approvals/${waiting.id}` : null;
}

function Results({ search, results }: Pick<SearchProgressProps, "search" | "results">) {
  const { campaign } = search;
  return (
    <StatGrid>
      <Stat label="Properties found" value={formatCount(results.properties)} />
      <Stat
        label="Contacts found"
        value={formatCount(results.contacts)}
        href={`/contacts?search=${search.id}`}
        hint="Who they are, and who can be mailed"
      />
      {campaign && (
        <Stat
          label="Campaign"
          value={readStatus("campaign", campaign.status).text}
          href={`/campaigns/${campaign.id}`}
          hint="Who is mailed what, and when"
        />
      )}
    </StatGrid>
  );
}

function toImportView({ imports }: LoadedExtraction) {
  if (!imports) return null;
  const counts = countsSchema.safeParse(imports.counts);
  const left = counts.success ? counts.data.property_only + counts.data.skip : 0;
  return {
    id: imports.id,
    fileName: imports.file_name,
    rows: imports.row_count,
    saved: imports.applied_rows,
    left: imports.rows_deleted_at ? null : left,
  };
}

function toRunView(run: SearchRun) {
  return {
    id: run.id,
    agent: run.agent,
    version: run.agent_version,
    purpose: run.purpose,
    model: run.model,
    status: run.status,
    attempts: run.attempts,
    durationMs: run.duration_ms,
    inputTokens: run.input_tokens,
    outputTokens: run.output_tokens,
    costUsd: run.cost_microusd === null ? null : run.cost_microusd / 1_000_000,
    failure: run.failure_message,
    startedAt: run.started_at,
    learnings: run.agent_run_learnings.map(({ feedback_id, line }) => ({ id: feedback_id, line })),
  };
}
