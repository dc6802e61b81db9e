"use client";

import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { Section } from "@/components/shell/section";
import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/sonner";
import { Textarea } from "@/components/ui/textarea";
import { type AgentName, findDefinitionProblems, normalizeDefinition } from "@/lib/agents/definition-text";
import { DefinitionDiff } from "./definition-diff";
import { DefinitionTest, type RunTest } from "./definition-test";
import type { PickableRun } from "./recorded-run-picker";

type Save = Action<
  { agent: AgentName; source: string; note: string; live: boolean; expected: string },
  string
>;

interface DefinitionEditorProps {
  readonly agent: AgentName;
  /** The live text and its version. */
  readonly live: { readonly source: string; readonly version: string };
  readonly runs: readonly PickableRun[];
  readonly onSave: Save;
  readonly onTest: RunTest;
}

/** A definition's text: what is wrong with it, what it changes, what it would have answered, and how to keep it. */
export function DefinitionEditor({ agent, live, runs, onSave, onTest }: DefinitionEditorProps) {
  const [source, setSource] = useState(live.source);
  const changed = normalizeDefinition(source) !== normalizeDefinition(live.source);
  const problems = useMemo(() => findDefinitionProblems(agent, source), [agent, source]);
  return (
    <>
      <Section title="Text" className="mb-6">
        <Field
          label="Definition"
          labelHidden
          hint="Markdown. The lines between --- name the agent, say what it does and may name a model; below stands what it is told."
        >
          {(control) => (
            <Textarea
              {...control}
              value={source}
              onChange={(event) => setSource(event.target.value)}
              spellCheck={false}
              className="max-h-[32rem] min-h-72 overflow-auto font-mono text-xs leading-5"
            />
          )}
        </Field>
        <div aria-live="polite">
          {problems.length > 0 && (
            <Alert variant="danger">
              <AlertTitle>It cannot be used like this</AlertTitle>
              <AlertDescription>
                <ul className="list-disc pl-5">
                  {problems.map((problem) => (
                    <li key={problem}>{problem}</li>
                  ))}
                </ul>
              </AlertDescription>
            </Alert>
          )}
        </div>
        {changed && (
          <Button
            variant="outline"
            size="sm"
            className="justify-self-start"
            onClick={() => setSource(live.source)}
          >
            Back to the live text
          </Button>
        )}
      </Section>
      <Section title="What it changes" className="mb-6">
        <DefinitionDiff before={live.source} after={source} none="Nothing yet: this is the live text." />
      </Section>
      <DefinitionTest
        agent={agent}
        source={source}
        runs={runs}
        canRun={problems.length === 0}
        onTest={onTest}
      />
      {changed && (
        <SaveForm
          agent={agent}
          source={source}
          expected={live.version}
          onSave={onSave}
          blocked={problems.length > 0}
        />
      )}
    </>
  );
}

function SaveForm({
  agent,
  source,
  expected,
  blocked,
  onSave,
}: {
  agent: AgentName;
  source: string;
  expected: string;
  blocked: boolean;
  onSave: Save;
}) {
  const { pending, act } = useAct();
  const router = useRouter();
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const save = (isLive: boolean) => {
    setMissing(note.trim() === "");
    if (note.trim() === "") return;
    act(
      "The text was not saved.",
      () => onSave({ agent, source, note, live: isLive, expected }),
      (version) => {
        toast.success(
          isLive ? `Version ${version} is live from the next run on.` : `Version ${version} is kept.`,
        );
        if (isLive) setNote("");
        else router.push(`/settings/agents/${agent}/${version}`);
      },
    );
  };
  return (
    <Section
      title="Keep it"
      description="Making it live counts from the next run on, and takes a checkpoint in auto back to plan: trust was earned with the other words."
      frame="card"
    >
      <div className="grid gap-3">
        <Field label="What changed, and why" error={missing ? "Say what changed." : undefined} required>
          {(control) => (
            <Input
              {...control}
              value={note}
              maxLength={500}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          <Button disabled={pending || blocked} onClick={() => save(true)}>
            Save and make live
          </Button>
          <Button variant="outline" disabled={pending || blocked} onClick={() => save(false)}>
            Save without making it live
          </Button>
        </div>
      </div>
    </Section>
  );
}
