"use client";

import { type SubmitEvent, useState } from "react";
import type { Action } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DeskSettings } from "@/lib/settings/desk-settings";
import { ClosedDates } from "./closed-dates";
import { FieldGroup, NumberField, TextField } from "./desk-fields";
import { readDeskForm } from "./read-desk-form";
import { WindowFields } from "./window-fields";

type DeskFormProps = {
  settings: DeskSettings;
  zones: readonly string[];
  /** ISO dates of the next holidays, to show what keeping them means. */
  holidays: readonly string[];
  onSave: Action<DeskSettings>;
};

type Fields = readonly { path: string; message: string }[];

/** The desk's defaults, in groups. Campaigns already planned keep what they were planned with. */
export function DeskForm({ settings, zones, holidays, onSave }: DeskFormProps) {
  const [fields, setFields] = useState<Fields>([]);
  const [pending, setPending] = useState(false);
  const errorOf = (name: string) =>
    fields.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message;

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setPending(true);
    const answer = await onSave(readDeskForm(new FormData(form))).catch(() => null);
    setPending(false);
    if (answer?.ok) {
      setFields([]);
      toast.success("Settings saved.", { description: "New campaigns are planned with them." });
      return;
    }
    const wrong = answer && "fields" in answer ? ((answer.fields as Fields | undefined) ?? []) : [];
    setFields(wrong);
    toast.error("The settings were not saved.", {
      description: answer
        ? wrong.length > 0
          ? sayCount(wrong.length)
          : answer.message
        : "The server did not answer. Try again.",
    });
    const first = wrong[0]?.path.split(".")[0];
    form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  const text = (name: keyof DeskSettings) => ({ name, error: errorOf(name), value: String(settings[name]) });
  return (
    <form onSubmit={submit} className="grid gap-8" noValidate>
      <FieldGroup
        title="Who signs"
        text="Every mail of a sequence ends with these; US law (CAN-SPAM) asks for a postal address."
      >
        {settings.postal_address === "" && (
          <Alert variant="attention" className="sm:col-span-2">
            <AlertTitle>There is no postal address yet</AlertTitle>
            <AlertDescription>
              Commercial mail without one breaks US law. Fill it in before the next campaign.
            </AlertDescription>
          </Alert>
        )}
        <TextField label="Desk" {...text("desk_name")} />
        <TextField label="Sender" {...text("sender_name")} />
        <TextField
          label="Postal address"
          className="sm:col-span-2"
          {...text("postal_address")}
          hint="Street, city, state and ZIP, on one line."
        />
      </FieldGroup>
      <FieldGroup title="Send window" text="When mail may leave, in each contact's own time zone.">
        <WindowFields settings={settings} zones={zones} holidays={holidays} errorOf={errorOf} />
        <ClosedDates dates={settings.closed_dates} error={errorOf("closed_dates")} />
      </FieldGroup>
      <FieldGroup
        title="Pace"
        text="The time between two mails of one mailbox is drawn at random from this span."
      >
        <NumberField label="Shortest gap" unit="seconds" {...text("spacing_min_s")} />
        <NumberField label="Longest gap" unit="seconds" {...text("spacing_max_s")} />
        <NumberField label="Mails in a batch" unit="mails" {...text("batch_size")} />
        <NumberField label="Pause after a batch" unit="seconds" {...text("batch_pause_s")} />
      </FieldGroup>
      <FieldGroup
        title="Limits"
        text="Checked before each send, over rolling windows and all mailboxes together."
      >
        <NumberField label="In any hour" unit="mails, 1,000 at most" {...text("hourly_limit")} />
        <NumberField label="In any 24 hours" unit="mails, 10,000 at most" {...text("daily_limit")} />
      </FieldGroup>
      <FieldGroup
        title="Pausing by itself"
        text="A mailbox or campaign pauses when both hold: at least this many, and at least this share. Counting starts anew when somebody resumes it. A refused sign-in pauses a mailbox at once."
      >
        <NumberField label="Bounces in 24 hours" unit="mails, at least" {...text("bounce_pause_count")} />
        <NumberField label="Share that bounced" unit="percent, at least" {...text("bounce_pause_percent")} />
        <NumberField label="Failures in the last 50" unit="mails, at least" {...text("error_pause_count")} />
        <NumberField label="Share that failed" unit="percent, at least" {...text("error_pause_percent")} />
      </FieldGroup>
      <FieldGroup
        title="Sequence"
        text="Business days between the three mails, and how long a contact is left alone afterwards."
      >
        {[0, 1, 2].map((index) => (
          <NumberField
            key={index}
            label={["Before mail 1", "Between mail 1 and 2", "Between mail 2 and 3"][index] ?? ""}
            unit="business days"
            name="gap_business_days"
            value={String(settings.gap_business_days[index] ?? 0)}
            error={fields.find(({ path }) => path === `gap_business_days.${index}`)?.message}
          />
        ))}
        <NumberField
          label="Cooldown"
          unit="days before a contact is mailed about the same property again"
          {...text("cooldown_days")}
        />
        <NumberField
          label="Cooldown, other property"
          unit="days before a contact is mailed about another property"
          {...text("cooldown_other_days")}
        />
      </FieldGroup>
      <div className="sticky bottom-(--shell-bottom) z-10 -mx-4 flex items-center justify-between gap-4 border-t bg-background px-4 py-3 md:mx-0 md:px-0">
        <p className="text-xs text-muted-foreground max-sm:hidden">
          Campaigns already planned keep what they were planned with.
        </p>
        <SubmitButton pending={pending} className="max-sm:w-full">
          Save the settings
        </SubmitButton>
      </div>
    </form>
  );
}

const sayCount = (count: number) =>
  count === 1 ? "One field needs another look." : `${count} fields need another look.`;
