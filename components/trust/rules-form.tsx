"use client";

import { type SubmitEvent, useState } from "react";
import { FieldGroup, NumberField } from "@/components/settings/desk-fields";
import type { Action } from "@/components/shell/use-act";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TrustSettings } from "@/lib/trust/trust-settings";
import { trustSettingsSchema } from "@/lib/trust/trust-settings";

type Problems = Readonly<Record<string, string>>;

/** The rules of trust, in three groups. */
export function RulesForm({ settings, onSave }: { settings: TrustSettings; onSave: Action<TrustSettings> }) {
  const [problems, setProblems] = useState<Problems>({});
  const [pending, setPending] = useState(false);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const parsed = trustSettingsSchema.safeParse(Object.fromEntries(new FormData(form)));
    if (!parsed.success) {
      const found = Object.fromEntries(
        parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]),
      );
      setProblems(found);
      form.querySelector<HTMLElement>(`[name="${Object.keys(found)[0]}"]`)?.focus();
      return;
    }
    setProblems({});
    setPending(true);
    const answer = await onSave(parsed.data).catch(() => null);
    setPending(false);
    if (answer?.ok) toast.success("Rules saved.", { description: "They hold from the next decision on." });
    else
      toast.error("The rules were not saved.", {
        description: answer?.message ?? "The server did not answer. Try again.",
      });
  }

  const number = (name: keyof TrustSettings) => ({
    name,
    error: problems[name],
    value: String(settings[name]),
  });
  return (
    <form onSubmit={submit} className="grid gap-8" noValidate>
      <FieldGroup
        title="Earning auto"
        text="Counted over the newest decisions of the definition that is live, since trust was last lost. The share approved unchanged is at least the bar, with 95% confidence (Wilson's lower bound). 35 unchanged in a row pass 90%."
      >
        <NumberField label="Bar" unit="per cent, 50 to 99" {...number("barPercent")} />
        <NumberField label="Fewest decisions" unit="decisions, 5 or more" {...number("minDecisions")} />
        <NumberField
          label="How many of the newest count"
          unit="decisions, 20 to 500"
          {...number("windowSize")}
        />
      </FieldGroup>
      <FieldGroup
        title="Looking back"
        text="In auto everything keeps its record, and some of it is shown afterwards for a verdict. Which, nobody can choose."
      >
        <NumberField label="Share looked back at" unit="per cent, 1 or more" {...number("samplePercent")} />
        <NumberField
          label="First ones, all of them"
          unit="after each promotion, 5 or more"
          {...number("firstLooks")}
        />
      </FieldGroup>
      <FieldGroup
        title="Losing it"
        text="Two of the last five looked back at that would have been changed or rejected always put a checkpoint back into plan, and so does another definition. These do too."
      >
        <NumberField
          label="Bounces, more than"
          unit="per cent of mails since it went to auto, at most 7 days"
          {...number("bouncePercent")}
        />
        <NumberField
          label="Complaints, more than"
          unit="per cent, and two or more of them"
          {...number("complaintPercent")}
        />
        <NumberField label="Rates count from" unit="mails sent" {...number("lineMinSends")} />
        <NumberField
          label="Answers of the wrong shape in a row"
          unit="agent runs"
          {...number("schemaFailuresInRow")}
        />
        <NumberField label="Or among the last 20" unit="agent runs" {...number("schemaFailuresIn20")} />
      </FieldGroup>
      <div>
        <SubmitButton pending={pending}>Save the rules</SubmitButton>
      </div>
    </form>
  );
}
