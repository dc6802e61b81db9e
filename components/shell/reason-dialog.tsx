"use client";

import { type ReactNode, type SubmitEvent, useState } from "react";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

type ReasonDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen. */
  description: ReactNode;
  label: string;
  hint?: string;
  /** Said when no reason was given. */
  missing: string;
  cancel: string;
  submit: ReactNode;
  destructive?: boolean;
  pending?: boolean;
  onSubmit: (reason: string) => void;
};

/** Says what will happen and asks why, before it does. */
export function ReasonDialog(props: ReasonDialogProps) {
  const [missing, setMissing] = useState(false);
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    // A form this dialog was opened from is its parent in React's eyes, and must not be sent along.
    event.stopPropagation();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    setMissing(!reason);
    if (reason) props.onSubmit(reason);
    else event.currentTarget.querySelector("textarea")?.focus();
  }
  return (
    <AlertDialog
      open={props.open}
      onOpenChange={(open) => {
        setMissing(false);
        props.onOpenChange(open);
      }}
    >
      <AlertDialogContent>
        <form onSubmit={submit} className="grid gap-4" noValidate>
          <AlertDialogHeader>
            <AlertDialogTitle>{props.title}</AlertDialogTitle>
            <AlertDialogDescription>{props.description}</AlertDialogDescription>
          </AlertDialogHeader>
          <Field label={props.label} hint={props.hint} error={missing ? props.missing : undefined} required>
            {(control) => <Textarea {...control} name="reason" rows={2} maxLength={500} />}
          </Field>
          <AlertDialogFooter>
            <AlertDialogCancel disabled={props.pending}>{props.cancel}</AlertDialogCancel>
            <SubmitButton variant={props.destructive ? "destructive" : "default"} pending={props.pending}>
              {props.submit}
            </SubmitButton>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}
