"use client";

import { useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { SubmitButton } from "@/components/ui/submit-button";
import {
  FIELD_NAMES,
  IMPORT_FIELDS,
  type ImportField,
  type Mapping,
  missingFields,
} from "@/lib/imports/columns";

type ImportMappingProps = {
  importId: string;
  headers: readonly string[];
  mapping: Mapping;
  /** The first rows of the file, to see what a column holds. */
  samples: readonly (readonly string[])[];
  onMap: Action<{ id: string; mapping: Mapping }>;
};

/** Which column is what. Found by the headers' names, adjustable, and remembered for the next file with the same headers. */
export function ImportMapping({ importId, headers, mapping, samples, onMap }: ImportMappingProps) {
  const [draft, setDraft] = useState<Mapping>(mapping);
  const [problem, setProblem] = useState<string | null>(null);
  const { pending, act } = useAct();
  const missing = missingFields(draft);
  const isChanged = FIELD_NAMES.some((field) => draft[field] !== mapping[field]);
  const choose = (field: ImportField, label: string) => {
    setProblem(null);
    setDraft(({ [field]: _, ...rest }) => (label ? { ...rest, [field]: label } : rest));
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        act(
          "The columns were not changed.",
          () => onMap({ id: importId, mapping: draft }),
          () => setProblem(null),
          setProblem,
        );
      }}
    >
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        {FIELD_NAMES.map((field) => (
          <Field
            key={field}
            className="content-start"
            label={IMPORT_FIELDS[field].label}
            {...(!IMPORT_FIELDS[field].needed && { required: false })}
            hint={sayExample(samples, headers.indexOf(draft[field] ?? ""))}
            error={
              missing.includes(field) ? "Choose the column; no row can be imported without it." : undefined
            }
          >
            {(control) => (
              <NativeSelect
                {...control}
                value={draft[field] ?? ""}
                onChange={(event) => choose(field, event.target.value)}
              >
                <option value="">Not in this file</option>
                {headers.map((header) => (
                  <option key={header} value={header}>
                    {header}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pending={pending} variant="outline" disabled={!isChanged || missing.length > 0}>
          Check the rows with these columns
        </SubmitButton>
        <p aria-live="polite" className="text-xs text-muted-foreground">
          {problem ? (
            <span className="font-semibold text-danger">{problem}</span>
          ) : isChanged ? (
            "The rows below are still those of the columns chosen before."
          ) : (
            "Remembered for the next file with the same headers."
          )}
        </p>
      </div>
    </form>
  );
}

function sayExample(samples: readonly (readonly string[])[], column: number): string | undefined {
  if (column < 0) return undefined;
  const example = samples.map((cells) => cells[column]?.trim()).find((cell) => cell);
  return example
    ? `For example ${example.length > 40 ? `${example.slice(0, 40)}…` : example}`
    : "Empty in the first rows";
}
