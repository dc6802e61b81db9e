import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";
import { FieldNotes, notedBy } from "./field-notes";
import { Label } from "./label";

/** What a control needs to belong to its label, hint and error. Spread it on the control. */
type FieldControl = {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  required?: true;
};

type FieldProps = {
  label: ReactNode;
  /** Said before anything is wrong: shape, unit, example. */
  hint?: ReactNode;
  /** What is wrong and what is allowed; read out when it appears. */
  error?: ReactNode;
  required?: boolean;
  /** Keeps the label for screen readers only, where the place says what it is. */
  labelHidden?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** A label, its control, a hint and an error, wired to each other: `<Field label="Buyer">{(c) => <Input {...c} name="buyer" />}</Field>`. */
function Field({ label, hint, error, required, labelHidden, className, children }: FieldProps) {
  const id = useId();
  const control: FieldControl = { id, ...notedBy(id, { hint, error }) };
  if (required) control.required = true;
  return (
    <div data-slot="field" className={cn("grid gap-1.5", className)}>
      <Label htmlFor={id} className={labelHidden ? "sr-only" : undefined}>
        {label}
        {required === false && <span className="font-normal text-muted-foreground">(optional)</span>}
      </Label>
      {children(control)}
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}

export { Field };
