import { type ReactNode, useId } from "react";
import { FieldNotes, notedBy } from "@/components/ui/field-notes";

type FieldGroupProps = {
  legend: string;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** Called when the focus leaves the whole group. */
  onLeave?: () => void;
  children: (control: { "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
};

/** Several controls that answer one question, with its hint and error wired to them. */
export function FieldGroup({ legend, hint, error, required, onLeave, children }: FieldGroupProps) {
  const id = useId();
  return (
    <fieldset
      className="grid min-w-0 content-start gap-1.5"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave?.();
      }}
    >
      <legend className="mb-1.5 text-sm leading-5 font-semibold">
        {legend} {required || <span className="font-normal text-muted-foreground">(optional)</span>}
      </legend>
      {children(notedBy(id, { hint, error }))}
      <FieldNotes id={id} hint={hint} error={error} />
    </fieldset>
  );
}
