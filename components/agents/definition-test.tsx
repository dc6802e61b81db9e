"use client";

import Link from "next/link";
import { useState } from "react";
import { AnswersBeside } from "@/components/shadows/answers-beside";
import { saySmallUsd } from "@/components/shadows/shadow-words";
import { Section } from "@/components/shell/section";
import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { formatCount, formatDuration, formatPercent } from "@/components/words/numbers";
import type { AgentName } from "@/lib/agents/definition-text";
import type { TestResult } from "@/lib/agents/test-definition";
import { type PickableRun, RecordedRunPicker } from "./recorded-run-picker";

export type RunTest = Action<{ agent: AgentName; source: string; runId: string }, TestResult>;

interface DefinitionTestProps {
  readonly agent: AgentName;
  readonly source: string;
  readonly runs: readonly PickableRun[];
  readonly canRun: boolean;
  readonly onTest: RunTest;
}

/** Asks the text in the editor what a live run was asked, and shows both answers side by side. Nothing acts on it. */
export function DefinitionTest({ agent, source, runs, canRun, onTest }: DefinitionTestProps) {
  const { pending, act } = useAct();
  const [runId, setRunId] = useState(runs[0]?.id ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [result, setResult] = useState<(TestResult & { readonly source: string }) | null>(null);
  const run = () =>
    act(
      "The test did not run.",
      () => onTest({ agent, source, runId }),
      (answer) => {
        setProblem(null);
        setResult({ ...answer, source });
      },
      setProblem,
    );
  return (
    <Section
      title="Test it"
      description="Asks this text what the agent was asked before. Nothing acts on the answer; it costs what a run costs."
      className="mb-6"
    >
      {runs.length === 0 ? (
        <p className="text-muted-foreground">
          There is no recorded input yet. The first one is there after this agent&rsquo;s next run.
        </p>
      ) : (
        <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
          <RecordedRunPicker runs={runs} value={runId} onChange={setRunId} />
          <Button variant="outline" disabled={pending || !canRun} onClick={run}>
            {pending ? "Asking the agent…" : "Run the test"}
          </Button>
        </div>
      )}
      <div aria-live="polite" className="grid gap-3 empty:hidden">
        {problem && (
          <Alert variant="danger">
            <AlertTitle>The test did not run</AlertTitle>
            <AlertDescription>{problem}</AlertDescription>
          </Alert>
        )}
        {result && result.source !== source && (
          <p className="text-attention">The text has changed since this test.</p>
        )}
        {result && <TestOutcome result={result} />}
      </div>
    </Section>
  );
}

function TestOutcome({ result }: { result: TestResult }) {
  const agreement = result.agreement
    ? `Agrees ${formatPercent(result.agreement.bps / 10_000, 0)} with the recorded answer (${result.agreement.note}).`
    : "The answers cannot be compared.";
  return (
    <>
      <Alert variant={result.ok ? "positive" : "danger"}>
        <AlertTitle>
          {result.ok
            ? result.attempts === 1
              ? "A valid answer, at the first attempt"
              : "A valid answer, at the second attempt"
            : "No valid answer"}
        </AlertTitle>
        <AlertDescription>
          <p>{result.ok ? agreement : result.problem}</p>
          {result.schemaErrors.length > 0 && (
            <p className="break-words">
              What was wrong at first: {result.schemaErrors.slice(0, 5).join("; ")}
            </p>
          )}
          <p className="text-xs text-muted-foreground tabular-nums">
            {saySmallUsd(result.costMicrousd / 1e6)} · {formatDuration(result.durationMs)} ·{" "}
            {formatCount(result.attempts)} {result.attempts === 1 ? "attempt" : "attempts"} ·{" "}
            <Link
              href={`/runs/agents/${result.runId}`}
              className="text-primary underline-offset-4 hover:underline"
            >
              The whole run
            </Link>
          </p>
        </AlertDescription>
      </Alert>
      <AnswersBeside
        one={{ title: "Answered then", value: result.recordedOutput }}
        other={{ title: "Answered now", value: result.output }}
      />
    </>
  );
}
