"use client";

import Link from "next/link";
import { useId, useState } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { SubmitButton } from "@/components/ui/submit-button";
import { clashesIfKept, type LookupChanges } from "@/lib/criteria/diff-lookups";
import type { LookupProblem, LookupRow } from "@/lib/criteria/read-lookup-file";
import { LookupNames } from "./lookup-names";

export type PreviewedLookups = {
  fileName: string;
  rows: readonly LookupRow[];
  problems: readonly LookupProblem[];
  hash: string;
  changes: LookupChanges;
};

type LookupPreviewProps = {
  preview: PreviewedLookups;
  pending: boolean;
  onApply: (retireMissing: boolean) => void;
  onCancel: () => void;
};

/** What a file of lookups would change, and the button that changes it. */
export function LookupPreview({ preview, pending, onApply, onCancel }: LookupPreviewProps) {
  const id = useId();
  const [retire, setRetire] = useState(false);
  const { changes, problems, rows } = preview;
  const { added, broughtBack, renamed, changed, missing, kept, unchanged } = changes;
  const wrong = [...problems, ...changes.clashes, ...(retire ? [] : clashesIfKept(changes, rows))];
  const count =
    added.length + broughtBack.length + renamed.length + changed.length + (retire ? missing.length : 0);
  return (
    <form
      aria-label={`What ${preview.fileName} changes`}
      className="grid gap-4 rounded-lg border p-4"
      onSubmit={(event) => {
        event.preventDefault();
        onApply(retire);
      }}
    >
      <p>
        <span className="font-semibold break-all">{preview.fileName}</span> holds {say(rows.length, "lookup")}
        {unchanged > 0 &&
          `; ${unchanged.toLocaleString("en-US")} ${unchanged === 1 ? "is" : "are"} known already`}
        .
      </p>
      {wrong.length > 0 && (
        <Alert variant="danger">
          <AlertTitle>{say(wrong.length, "entry")} cannot be used</AlertTitle>
          <AlertDescription>
            <ul className="grid max-h-60 gap-1 overflow-auto">
              {wrong.map(({ place, message }) => (
                <li key={`${place} ${message}`} className="break-words">
                  {place}: {message}
                </li>
              ))}
            </ul>
            <p>Mend the file and choose it again. Nothing is imported in part.</p>
          </AlertDescription>
        </Alert>
      )}
      <LookupNames title="Added" names={added.map(sayItem)} />
      <LookupNames title="Brought back" names={broughtBack.map(sayItem)} />
      <LookupNames title="Renamed" names={renamed.map((item) => `${item.was} → ${sayItem(item)}`)} />
      <LookupNames
        title="Market filter changed"
        names={changed.map(
          (item) => `${sayItem(item)}: ${item.marketFilter ? "works" : "does not work"} with markets`,
        )}
      />
      <LookupNames title="Known, and not in the file" names={missing.map(sayItem)} />
      {kept.length > 0 && (
        <div className="grid gap-1">
          <p className="font-semibold">Not in the file, and needed by an open search: they stay</p>
          <ul className="grid gap-1">
            {kept.map((item) => (
              <li key={`${item.kind} ${item.id}`}>
                {sayItem(item)}, for{" "}
                {item.searches.map((search, index) => (
                  <span key={search.id}>
                    {index > 0 && ", "}
                    <Link href={`/searches/${search.id}`}>{search.name}</Link>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </div>
      )}
      {missing.length > 0 && (
        <label htmlFor={id} className="flex min-h-9 items-center gap-2 touch:min-h-11">
          <Checkbox id={id} checked={retire} onCheckedChange={(on) => setRetire(on === true)} />
          <span>
            The file is the whole list: retire the {say(missing.length, "lookup")} that{" "}
            {missing.length === 1 ? "is" : "are"} not in it. New searches cannot name them; earlier ones still
            say what they named.
          </span>
        </label>
      )}
      <div className="flex flex-wrap gap-2">
        <SubmitButton pending={pending} disabled={count === 0 || wrong.length > 0}>
          {count === 0 ? "Nothing to import" : `Import ${say(count, "change")}`}
        </SubmitButton>
        <Button variant="outline" onClick={onCancel} disabled={pending}>
          Leave the lookups as they are
        </Button>
      </div>
    </form>
  );
}

function sayItem({ name, id }: { name: string; id: number }): string {
  return `${name} (${id})`;
}

function say(count: number, noun: string): string {
  const plural = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : plural}`;
}
