"use client";

import { LoaderCircle } from "lucide-react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "./button";

/** Submits its form; while the form's action runs it is held, says so, and after 150 ms turns a spinner. */
export function SubmitButton({
  pending: told,
  children,
  disabled,
  ...props
}: Omit<ButtonProps, "asChild" | "type"> & { pending?: boolean }) {
  const { pending: asked } = useFormStatus();
  const pending = told ?? asked;
  return (
    <Button {...props} type="submit" disabled={disabled || pending} aria-busy={pending}>
      {pending && <LoaderCircle className="spin-late" />}
      {children}
    </Button>
  );
}
