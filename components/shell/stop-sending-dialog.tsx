"use client";

import { CircleStopIcon } from "lucide-react";
import { type SubmitEvent, useState } from "react";
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

type StopSendingDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onStop: (reason: string) => void;
};

/** Says what stopping does, asks why, and stops. */
export function StopSendingDialog({ open, onOpenChange, onStop }: StopSendingDialogProps) {
  const [missing, setMissing] = useState(false);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    setMissing(!reason);
    if (reason) onStop(reason);
    else event.currentTarget.querySelector("textarea")?.focus();
  }

  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent>
        <form onSubmit={submit} className="grid gap-4" noValidate>
          <AlertDialogHeader>
            <AlertDialogTitle>Stop all sending?</AlertDialogTitle>
            <AlertDialogDescription>
              No mail leaves any mailbox from the next one on. Campaigns and schedules are kept, and replies
              still come in.
            </AlertDialogDescription>
          </AlertDialogHeader>
          <Field
            label="Why?"
            hint="Everyone at the desk sees this beside the switch."
            error={missing ? "Say why sending is stopped." : undefined}
            required
          >
            {(control) => <Textarea {...control} name="reason" rows={2} maxLength={500} />}
          </Field>
          <AlertDialogFooter>
            <AlertDialogCancel>Keep sending</AlertDialogCancel>
            <SubmitButton variant="destructive">
              <CircleStopIcon /> Stop all sending
            </SubmitButton>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}
