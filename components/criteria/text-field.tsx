import type { ComponentProps, ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import { readAmount } from "@/lib/criteria/read-amount";
import type { CriteriaForm } from "./use-criteria-form";

type TextKey = {
  [K in keyof CriteriaDraft]: CriteriaDraft[K] extends string ? K : never;
}[keyof CriteriaDraft];

type TextFieldProps = {
  form: CriteriaForm;
  field: TextKey;
  /** Where the field is in the criteria: "buyer.name" */
  path: string;
  label: ReactNode;
  hint?: ReactNode;
  required?: boolean;
  /** Other fields whose problems depend on this one. */
  alsoLeave?: string[];
} & Omit<ComponentProps<typeof Input>, "form" | "onChange" | "onBlur" | "value" | "required">;

/** One line of the form; its problem is said once it has been left. */
export function TextField({
  form,
  field,
  path,
  label,
  hint,
  required = false,
  alsoLeave,
  ...input
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={form.errorOf(path)} required={required} className="content-start">
      {(control) => (
        <Input
          {...control}
          {...input}
          value={form.draft[field]}
          onChange={(event) => form.set(field, event.target.value)}
          onBlur={() => form.leave(path, ...(alsoLeave ?? []))}
        />
      )}
    </Field>
  );
}

/** A number as people write it; on leaving it is written out, so that 4.5M is seen to be 4,500,000. */
export function AmountField({
  form,
  field,
  path,
  label,
  hint,
  alsoLeave,
  inGroup,
  ...input
}: TextFieldProps & {
  /** Its group says already that it may be left empty. */
  inGroup?: boolean;
}) {
  return (
    <Field
      label={label}
      hint={hint}
      error={form.errorOf(path)}
      {...(!inGroup && { required: false })}
      className="content-start"
    >
      {(control) => (
        <Input
          {...control}
          {...input}
          inputMode="decimal"
          autoComplete="off"
          className="tabular-nums"
          value={form.draft[field]}
          onChange={(event) => form.set(field, event.target.value)}
          onBlur={() => {
            const amount = readAmount(form.draft[field]);
            if (amount !== undefined && !Number.isNaN(amount))
              form.set(field, amount.toLocaleString("en-US", { maximumFractionDigits: 4 }));
            form.leave(path, ...(alsoLeave ?? []));
          }}
        />
      )}
    </Field>
  );
}
