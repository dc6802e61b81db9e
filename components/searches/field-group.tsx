import { CircleAlertIcon } from "lucide-react";
import { type ReactNode, useId } from "react";

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
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
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
      {children({
        ...(describedBy && { "aria-describedby": describedBy }),
        ...(error && { "aria-invalid": true as const }),
      })}
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
    </fieldset>
  );
}
