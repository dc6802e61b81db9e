import { CircleAlertIcon } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "@/lib/ui/cn";
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
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const control: FieldControl = { id };
  if (describedBy) control["aria-describedby"] = describedBy;
  if (error) control["aria-invalid"] = true;
  if (required) control.required = true;
  return (
    <div data-slot="field" className={cn("grid gap-1.5", className)}>
      <Label htmlFor={id} className={labelHidden ? "sr-only" : undefined}>
        {label}
        {required === false && <span className="font-normal text-muted-foreground">(optional)</span>}
      </Label>
      {children(control)}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted-foreground">
          {hint}
        </p>
      )}
      <div aria-live="polite" className="empty:hidden">
        {error && (
          <p id={`${id}-error`} className="flex items-start gap-1.5 text-xs font-semibold text-danger">
            <CircleAlertIcon aria-hidden="true" className="mt-px size-3.5 shrink-0" />
            <span>{error}</span>
          </p>
        )}
      </div>
    </div>
  );
}

export { Field, type FieldControl, type FieldProps };
