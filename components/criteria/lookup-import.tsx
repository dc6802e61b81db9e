"use client";

import { ListIcon } from "lucide-react";
import { useState } from "react";
import { FileDrop } from "@/components/shell/file-drop";
import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { toast } from "@/components/ui/sonner";
import type { AppliedLookups } from "@/lib/criteria/lookup-set";
import { LookupPreview, type PreviewedLookups } from "./lookup-preview";

type LookupImportProps = {
  onPreview: Action<{ name: string; bytes: Uint8Array<ArrayBuffer> }, PreviewedLookups>;
  onApply: Action<
    { fileName: string; hash: string; retireMissing: boolean; rows: [...PreviewedLookups["rows"]] },
    AppliedLookups
  >;
};

/** Lookups from a file: chosen, compared with what is known, then applied in one go. */
export function LookupImport({ onPreview, onApply }: LookupImportProps) {
  const { pending, act } = useAct();
  const [preview, setPreview] = useState<PreviewedLookups | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function take(file: File) {
    setPreview(null);
    setProblem(null);
    // A server action takes a megabyte; a list of lookups is a tenth of that.
    if (file.size > 700_000)
      return setProblem(`${file.name} is too large to be a list of lookups; 700 kB are taken.`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    act("The file could not be read.", () => onPreview({ name: file.name, bytes }), setPreview, setProblem);
  }

  function apply(retireMissing: boolean) {
    if (!preview) return;
    const { fileName, hash, rows } = preview;
    act(
      "No lookup was changed.",
      () => onApply({ fileName, hash, retireMissing, rows: [...rows] }),
      (applied) => {
        setPreview(null);
        if (applied.outcome === "changed")
          setProblem(
            "Somebody changed the lookups since you chose the file. Choose it again to see what it would change now.",
          );
        else
          toast.success("The lookups are imported.", {
            description: `${applied.added + applied.broughtBack} added, ${applied.renamed} renamed, ${applied.retired} retired.`,
          });
      },
    );
  }

  return (
    <div className="grid gap-4">
      <FileDrop
        label="Lookups as a JSON or CSV file"
        invitation="Drop the list here, or"
        hint="JSON, or CSV with the columns kind, id and name. You see what changes before anything does."
        icon={<ListIcon />}
        accept=".json,.csv,.tsv,.txt"
        busy={pending && !preview ? "Reading the list …" : null}
        oneByOne="Take them one by one."
        onFile={(file) => void take(file)}
        onRefused={setProblem}
      />
      <div aria-live="polite" className="empty:hidden">
        {problem && (
          <Alert variant="danger">
            <AlertTitle>Nothing was changed</AlertTitle>
            <AlertDescription className="break-words">{problem}</AlertDescription>
          </Alert>
        )}
      </div>
      {preview && (
        <LookupPreview
          preview={preview}
          pending={pending}
          onApply={apply}
          onCancel={() => setPreview(null)}
        />
      )}
    </div>
  );
}
