"use client";

import type { ComponentProps, ReactNode } from "react";
import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CriteriaDraft, CriteriaField } from "@/lib/criteria/criteria-draft";
import { tidyAmount } from "@/lib/criteria/read-amount";

type TextKey = { [K in CriteriaField]: CriteriaDraft[K] extends string ? K : never }[CriteriaField];

type TextFieldProps = {
  name: TextKey;
  label: ReactNode;
  hint?: ReactNode;
  required?: boolean;
  /** A number as people write it; on leaving it is written out, so that 4.5M is seen to be 4,500,000. */
  amount?: boolean;
  /** The other end of a range: what is wrong with one depends on both, and their group says that they may be empty. */
  with?: TextKey;
} & Omit<ComponentProps<typeof Input>, "name" | "required">;

/** One line of the form; its problem is said once it has been left. */
export function TextField({
  name,
  label,
  hint,
  required = false,
  amount,
  with: other,
  ...input
}: TextFieldProps) {
  const { register, setValue, getValues, trigger, formState } = useFormContext<CriteriaDraft>();
  const both = other ? [name, other] : [name];
  const props = register(name, {
    ...(other && { deps: both }),
    onBlur() {
      if (!amount) return;
      setValue(name, tidyAmount(getValues(name)));
      // What was asked about the text as typed is void now that it is written out.
      void trigger(both);
    },
  });
  return (
    <Field
      label={label}
      hint={hint}
      error={formState.errors[name]?.message}
      {...(!other && { required })}
      className="content-start"
    >
      {(control) => (
        <Input
          {...(amount && { inputMode: "decimal", autoComplete: "off", className: "tabular-nums" })}
          {...input}
          {...props}
          {...control}
        />
      )}
    </Field>
  );
}
