"use client";

import { type SubmitEvent, useState } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { Checkpoint } from "@/lib/approvals/proposals";
import type { AutoScope, Until } from "@/lib/trust/auto-limits";
import { type LimitsChoice, readLimits, ScopeFields, UntilFields } from "./checkpoint-limits";
import { CHECKPOINT_WORDS } from "./checkpoint-words";

export interface AutoRequest {
  checkpoint: Checkpoint;
  reason?: string | undefined;
  until: Until | null;
  scope: AutoScope;
}

type AutoDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  checkpoint: Checkpoint;
  /** In auto already: only its limits change. */
  inAuto: boolean;
  passes: boolean;
  /** "41 of the last 43 approved unchanged; …" */
  sentence: string;
  until: Until | null;
  scope: AutoScope;
  choice: LimitsChoice;
  pending: boolean;
  /** What was wrong with the last try. */
  problem: string | undefined;
  onSubmit: (request: AutoRequest) => void;
};

/** Says what auto does and how the evidence stands, asks for limits, and below the bar for the reason. */
export function AutoDialog(props: AutoDialogProps) {
  const { checkpoint, inAuto, passes, sentence } = props;
  const words = CHECKPOINT_WORDS[checkpoint];
  const name = words.title.toLowerCase();
  const [missing, setMissing] = useState(false);
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = String(form.get("reason") ?? "").trim();
    setMissing(!passes && !reason);
    if (passes || reason)
      props.onSubmit({ checkpoint, reason: reason || undefined, ...readLimits(form, props.choice.friday) });
    else event.currentTarget.querySelector("textarea")?.focus();
  }
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange}>
      <DialogContent>
        <form onSubmit={submit} className="grid gap-4" noValidate>
          <DialogHeader>
            <DialogTitle>{inAuto ? `Change the limits of ${name}?` : `Put ${name} into auto?`}</DialogTitle>
            <DialogDescription>{words.auto}</DialogDescription>
          </DialogHeader>
          {passes ? (
            <p>The evidence: {sentence}.</p>
          ) : (
            <Alert variant="attention">
              <AlertTitle>This is ahead of the evidence</AlertTitle>
              <AlertDescription>
                So far {sentence}. It can be done all the same; your reason is kept in the audit log, and the
                system takes auto back when it goes wrong.
              </AlertDescription>
            </Alert>
          )}
          <UntilFields until={props.until} choice={props.choice} />
          <ScopeFields checkpoint={checkpoint} scope={props.scope} choice={props.choice} />
          <Field
            label="Why"
            hint="Kept in the audit log, and shown here."
            required={!passes}
            error={missing ? "Say why it goes to auto ahead of the evidence." : undefined}
          >
            {(control) => <Textarea {...control} name="reason" rows={2} maxLength={500} />}
          </Field>
          {props.problem && (
            <Alert variant="danger" live>
              <AlertTitle>Nothing was changed</AlertTitle>
              <AlertDescription>{props.problem}</AlertDescription>
            </Alert>
          )}
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="outline">{inAuto ? "Keep them" : "Stay in plan"}</Button>
            </DialogClose>
            <SubmitButton pending={props.pending}>
              {inAuto ? "Change the limits" : `Put ${name} into auto`}
            </SubmitButton>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
