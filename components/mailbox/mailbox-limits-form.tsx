"use client";

import { type SubmitEvent, useState } from "react";
import { NumberField } from "@/components/settings/desk-fields";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { type MailboxLimitsInput, mailboxLimitsSchema } from "@/lib/mailbox/mailbox-limits-input";
import type { MailboxState } from "@/lib/mailbox/mailboxes";

type MailboxLimitsFormProps = {
  mailbox: MailboxState;
  /** ISO date in the desk's zone */
  today: string;
  onSave: Action<MailboxLimitsInput>;
  onClose: () => void;
};

/** A mailbox's own limits and its warm-up. Checked in the browser first, so that each field says what is wrong with it. */
export function MailboxLimitsForm({ mailbox, today, onSave, onClose }: MailboxLimitsFormProps) {
  const { pending, act } = useAct();
  const [warmsUp, setWarmsUp] = useState(mailbox.ramp_started_on !== null);
  const [problems, setProblems] = useState<Record<string, string>>({});
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const read = mailboxLimitsSchema.safeParse({
      id: mailbox.id,
      hourly: data.get("hourly"),
      daily: data.get("daily"),
      ramp: warmsUp
        ? {
            startedOn: data.get("startedOn"),
            startPerDay: data.get("startPerDay"),
            stepPerDay: data.get("stepPerDay"),
          }
        : null,
    });
    setProblems(
      Object.fromEntries(
        (read.error?.issues ?? []).map((issue) => [String(issue.path.at(-1)), issue.message]),
      ),
    );
    if (!read.success) {
      const first = read.error.issues[0]?.path.at(-1);
      event.currentTarget.querySelector<HTMLElement>(`[name="${String(first)}"]`)?.focus();
      return;
    }
    act(
      "The limits were not saved.",
      () => onSave(read.data),
      () => {
        toast.success("Limits saved.", { description: "They hold from the next mail on." });
        onClose();
      },
    );
  }
  const number = (name: string, value: number | null) => ({
    name,
    value: String(value ?? ""),
    error: problems[name],
  });
  return (
    <form
      onSubmit={submit}
      className="grid gap-4 border-t pt-4"
      noValidate
      aria-label={`Limits of ${mailbox.address}`}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberField
          label="In any hour"
          unit="mails, 1,000 at most"
          {...number("hourly", mailbox.hourly_limit)}
        />
        <NumberField
          label="In any 24 hours"
          unit="mails, 10,000 at most"
          {...number("daily", mailbox.daily_limit)}
        />
      </div>
      <Label className="font-normal touch:min-h-11">
        <Checkbox checked={warmsUp} onCheckedChange={(checked) => setWarmsUp(checked === true)} />
        Warm up: start with few mails a day and send more each day
      </Label>
      {warmsUp && (
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <Field label="First day" error={problems.startedOn}>
            {(control) => (
              <Input
                {...control}
                type="date"
                name="startedOn"
                defaultValue={mailbox.ramp_started_on ?? today}
              />
            )}
          </Field>
          <NumberField
            label="On the first day"
            unit="mails"
            {...number("startPerDay", mailbox.ramp_start_per_day ?? 20)}
          />
          <NumberField
            label="More on each day after"
            unit="mails, until the limit"
            {...number("stepPerDay", mailbox.ramp_step_per_day ?? 10)}
          />
        </div>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button type="button" variant="outline" onClick={onClose}>
          Keep them
        </Button>
        <SubmitButton pending={pending}>Save the limits</SubmitButton>
      </div>
    </form>
  );
}
