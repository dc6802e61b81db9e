import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";

export interface PickableRun {
  readonly id: string;
  readonly purpose: string;
  readonly status: string;
  readonly startedAt: string;
}

/** One of the last runs whose input was kept. */
export function RecordedRunPicker({
  runs,
  value,
  onChange,
}: {
  runs: readonly PickableRun[];
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <Field label="Recorded input">
      {(control) => (
        <NativeSelect {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {runs.map((run) => (
            <option key={run.id} value={run.id}>
              {run.startedAt.slice(0, 16).replace("T", " ")} · {run.purpose}
              {run.status === "failed" ? " (failed)" : ""}
            </option>
          ))}
        </NativeSelect>
      )}
    </Field>
  );
}
