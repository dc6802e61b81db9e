"use client";

import { FileJsonIcon } from "lucide-react";
import { useState } from "react";
import { ActionBar } from "@/components/shell/action-bar";
import { FileDrop } from "@/components/shell/file-drop";
import { useKept } from "@/components/shell/use-kept";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { FieldProblem } from "@/lib/criteria/check-criteria";
import type { Lookups } from "@/lib/criteria/lookups";
import { type CriteriaFile, checkFileSize, readCriteriaFile } from "@/lib/criteria/read-criteria-file";
import { CriteriaPreview } from "./criteria-preview";
import { ProblemList } from "./problem-list";
import { type StartSearch, useStart } from "./use-start";

type CriteriaFileProps = {
  lookups: Lookups;
  /** Names what is kept in this browser's storage. */
  draftKey: string;
  onStart: StartSearch;
};

/** Buyer criteria from a JSON file: dropped, chosen or pasted, checked, shown in words, then started. */
export function CriteriaFileTab({ lookups, draftKey, onStart }: CriteriaFileProps) {
  const [text, setText] = useState("");
  const forget = useKept(draftKey, text, setText);
  const [source, setSource] = useState<string | null>(null);
  const [unreadable, setUnreadable] = useState<CriteriaFile | null>(null);
  const found = unreadable ?? (text.trim() ? readCriteriaFile(text, lookups) : null);
  const [refused, setRefused] = useState<readonly FieldProblem[]>([]);
  const { pending, run } = useStart(onStart);

  function take(next: string, name: string | null) {
    setText(next);
    setSource(name);
    setRefused([]);
    setUnreadable(null);
  }
  /** The size is looked at before anything is read. */
  async function read(file: File) {
    const tooLarge = checkFileSize(file.name, file.size);
    if (tooLarge) return refuseFile(tooLarge);
    try {
      take(await file.text(), file.name);
    } catch {
      // A folder, or a file that went away between the drop and the reading.
      refuseFile(`${file.name} could not be read. Is it a file, and still there?`);
    }
  }
  function refuseFile(message: string) {
    take("", null);
    setUnreadable({ outcome: "unreadable", message });
  }

  return (
    <div className="grid gap-5">
      <FileDrop
        label="Criteria as a JSON file"
        invitation="Drop a JSON file here, or"
        hint="JSON, at most 256 kB. It is read in your browser and shown to you before anything starts."
        icon={<FileJsonIcon />}
        accept=".json,application/json"
        buttonVariant="outline"
        oneByOne="Take them one by one: each is one search."
        onFile={(file) => void read(file)}
        onRefused={refuseFile}
      />
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
        {found?.outcome === "unreadable" && (
          <Alert variant="danger">
            <AlertTitle>It could not be read</AlertTitle>
            <AlertDescription>{found.message}</AlertDescription>
          </Alert>
        )}
        {found?.outcome === "problems" && <ProblemList source={source} problems={found.problems} />}
        {refused.length > 0 && <ProblemList source={source} problems={refused} />}
        {found?.outcome === "good" && (
          <CriteriaPreview
            source={source}
            criteria={found.criteria}
            unused={found.unused}
            lookups={lookups}
          />
        )}
      </div>
      {found?.outcome === "good" && (
        <ActionBar summary="Starting lets the sourcing agent write CoStar payloads. CoStar is asked nothing before you approve the extraction.">
          <Button variant="outline" onClick={() => take("", null)} disabled={pending}>
            Clear
          </Button>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              run(found.criteria, "file", { onStarted: forget, onRefused: setRefused });
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
