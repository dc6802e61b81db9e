"use client";

import { useState } from "react";
import { ActionBar } from "@/components/page/action-bar";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { type CriteriaFile, readCriteriaFile } from "@/lib/searches/read-criteria-file";
import type { FieldProblem } from "@/lib/sourcing/check-criteria";
import type { Lookups } from "@/lib/sourcing/lookups";
import { CriteriaPreview } from "./criteria-preview";
import { FileDrop } from "./file-drop";
import { ProblemList } from "./problem-list";
import { useKeptText } from "./use-kept-text";
import { type StartSearch, useStart } from "./use-start";

type CriteriaFileProps = {
  lookups: Lookups;
  /** Names what is kept in this browser's storage. */
  draftKey: string;
  onStart: StartSearch;
};

/** Buyer criteria from a JSON file: dropped, chosen or pasted, checked, shown in words, then started. */
export function CriteriaFileTab({ lookups, draftKey, onStart }: CriteriaFileProps) {
  const [text, setText, forget] = useKeptText(draftKey);
  const [source, setSource] = useState<string | null>(null);
  const [unreadable, setUnreadable] = useState<CriteriaFile | null>(null);
  const read = unreadable ?? (text.trim() ? readCriteriaFile(text, lookups) : null);
  const [refused, setRefused] = useState<readonly FieldProblem[]>([]);
  const { pending, run } = useStart(onStart);

  function take(next: string, name: string | null) {
    setText(next);
    setSource(name);
    setRefused([]);
    setUnreadable(null);
  }
  function refuseFile(message: string) {
    take("", null);
    setUnreadable({ outcome: "unreadable", message });
  }

  return (
    <div className="grid gap-5">
      <FileDrop onText={take} onRefused={refuseFile} />
      <Field
        label="Or paste the JSON here"
        hint="One object with buyer, broker and criteria, as the API takes it."
        required={false}
      >
        {(control) => (
          <Textarea
            {...control}
            value={text}
            spellCheck={false}
            autoComplete="off"
            className="max-h-56 min-h-24 font-mono"
            onChange={(event) => take(event.target.value, null)}
          />
        )}
      </Field>
      <div aria-live="polite" className="grid gap-5">
        {read?.outcome === "unreadable" && (
          <Alert variant="danger">
            <AlertTitle>It could not be read</AlertTitle>
            <AlertDescription>{read.message}</AlertDescription>
          </Alert>
        )}
        {read?.outcome === "problems" && <ProblemList source={source} problems={read.problems} />}
        {refused.length > 0 && <ProblemList source={source} problems={refused} />}
        {read?.outcome === "good" && (
          <CriteriaPreview source={source} criteria={read.criteria} unused={read.unused} lookups={lookups} />
        )}
      </div>
      {read?.outcome === "good" && (
        <ActionBar summary="Starting lets the sourcing agent write CoStar payloads. CoStar is asked nothing before you approve the extraction.">
          <Button variant="outline" onClick={() => take("", null)} disabled={pending}>
            Clear
          </Button>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              run(read.criteria, "file", { onStarted: forget, onRefused: setRefused });
            }}
          >
            <SubmitButton pending={pending} className="w-full">
              Start search
            </SubmitButton>
          </form>
        </ActionBar>
      )}
    </div>
  );
}
