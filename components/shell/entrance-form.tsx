"use client";

import { useActionState } from "react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";

export interface FormAnswer {
  readonly message?: string;
  readonly fields?: Readonly<Record<string, readonly string[] | undefined>>;
}

interface EntranceField {
  readonly name: string;
  readonly label: string;
  readonly type: "email" | "password" | "text";
  readonly autoComplete: string;
  readonly hint?: string;
}

interface EntranceFormProps {
  readonly title: string;
  readonly description: string;
  readonly act: (state: FormAnswer, form: FormData) => Promise<FormAnswer>;
  readonly fields: readonly EntranceField[];
  readonly hidden?: Readonly<Record<string, string>>;
  readonly problem?: string;
  readonly submit: string;
}

/** A form before the console. It works before scripts have loaded, and keeps what was typed when something is wrong. */
export function EntranceForm({
  title,
  description,
  act,
  fields,
  hidden,
  problem,
  submit,
}: EntranceFormProps) {
  const [answer, action] = useActionState(act, {});
  const message = answer.message ?? problem;
  return (
    <form action={action} className="grid gap-4 rounded-lg border bg-card p-5" noValidate>
      <div className="grid gap-1">
        <h1 className="text-xl">{title}</h1>
        <p className="text-muted-foreground">{description}</p>
      </div>
      {message && (
        <Alert variant="danger">
          <AlertDescription>{message}</AlertDescription>
        </Alert>
      )}
      {Object.entries(hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map(({ name, label, hint, ...input }) => (
        <Field key={name} label={label} hint={hint} error={answer.fields?.[name]?.[0]}>
          {(control) => <Input {...control} {...input} name={name} />}
        </Field>
      ))}
      <SubmitButton>{submit}</SubmitButton>
    </form>
  );
}
