import { CircleAlertIcon } from "lucide-react";
import type { ReactNode } from "react";

type Notes = {
  /** Said before anything is wrong: shape, unit, example. */
  hint?: ReactNode;
  /** What is wrong and what is allowed; read out when it appears. */
  error?: ReactNode;
};

/** What ties a control to its notes. */
export function notedBy(
  id: string,
  { hint, error }: Notes,
): { "aria-describedby"?: string; "aria-invalid"?: true } {
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return {
    ...(describedBy && { "aria-describedby": describedBy }),
    ...(error ? { "aria-invalid": true as const } : {}),
  };
}

/** The hint and the error below a control. */
export function FieldNotes({ id, hint, error }: Notes & { id: string }) {
  return (
    <>
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
    </>
  );
}
