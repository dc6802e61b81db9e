import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export function FieldGroup({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0 rounded-lg border bg-card p-4">
      <legend className="-ml-1 px-1 font-semibold">{title}</legend>
      <p className="mb-3 max-w-prose text-muted-foreground">{text}</p>
      <div className="grid items-start gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}

type DeskFieldProps = {
  label: string;
  name: string;
  value: string;
  error: string | undefined;
  hint?: string;
  className?: string;
};

export function TextField({ label, name, value, error, hint, className }: DeskFieldProps) {
  return (
    <Field label={label} error={error} hint={hint} className={className ?? ""}>
      {(control) => (
        <Input {...control} name={name} defaultValue={value} maxLength={400} autoComplete="off" />
      )}
    </Field>
  );
}

export function NumberField({ label, name, value, error, unit }: DeskFieldProps & { unit: string }) {
  return (
    <Field label={label} error={error} hint={unit}>
      {(control) => (
        <Input
          {...control}
          name={name}
          defaultValue={value}
          inputMode="numeric"
          autoComplete="off"
          className="max-w-40 text-right tabular-nums"
        />
      )}
    </Field>
  );
}
