"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import type { Checkpoint } from "@/lib/approvals/proposals";
import type { AutoScope, Until } from "@/lib/trust/auto-limits";

export interface LimitsChoice {
  /** The coming Friday in the desk's zone, ISO. */
  readonly friday: string;
  /** The desk's zone, named beside the clock. */
  readonly zone: string;
  readonly categories: readonly { readonly category: string; readonly title: string }[];
}

/** How long auto lasts. */
export function UntilFields({ until, choice }: { until: Until | null; choice: LimitsChoice }) {
  const [kind, choose] = useState(until ? "day" : "none");
  return (
    <div className="grid gap-3">
      <Field label="How long">
        {(control) => (
          <NativeSelect
            {...control}
            name="lasts"
            value={kind}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="none">Until somebody puts it back</option>
            <option value="friday">Until Friday 17:00 ({choice.friday})</option>
            <option value="day">Until a day and time</option>
          </NativeSelect>
        )}
      </Field>
      {kind === "day" && (
        <div className="grid grid-cols-2 gap-3">
          <Field label="Day">
            {(control) => (
              <Input {...control} type="date" name="day" defaultValue={until?.day ?? choice.friday} />
            )}
          </Field>
          <Field label="Time" hint={choice.zone}>
            {(control) => (
              <Input {...control} type="time" name="clock" defaultValue={until?.clock ?? "17:00"} />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}

/** What auto covers; whatever lies outside is asked about as in plan. */
export function ScopeFields({
  checkpoint,
  scope,
  choice,
}: {
  checkpoint: Checkpoint;
  scope: AutoScope;
  choice: LimitsChoice;
}) {
  if (checkpoint === "campaign")
    return (
      <Field label="Only campaigns of at most" hint="contacts. Empty: of any size.">
        {(control) => (
          <Input
            {...control}
            name="maxContacts"
            inputMode="numeric"
            defaultValue={scope.maxContacts ?? ""}
            className="max-w-32 text-right tabular-nums"
          />
        )}
      </Field>
    );
  if (checkpoint === "sourcing")
    return (
      <Label className="flex min-h-9 items-center gap-2 font-normal touch:min-h-11">
        <Checkbox name="seenOnly" defaultChecked={scope.seenOnly === true} /> Only markets and property types
        a person approved before
      </Label>
    );
  if (checkpoint === "extraction") return null;
  return (
    <div className="grid gap-3">
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-sm font-semibold">Only these categories</legend>
        <p className="text-xs text-muted-foreground">None chosen: all of them.</p>
        <div className="grid grid-cols-2 gap-x-3">
          {choice.categories.map(({ category, title }) => (
            <Label key={category} className="flex min-h-8 items-center gap-2 font-normal touch:min-h-11">
              <Checkbox
                name="categories"
                value={category}
                defaultChecked={scope.categories?.some((known) => known === category) ?? false}
              />
              {title}
            </Label>
          ))}
        </div>
      </fieldset>
      <Field label="Only when at least this sure" hint="per cent. Below 70 a person is asked in any case.">
        {(control) => (
          <Input
            {...control}
            name="minConfidence"
            inputMode="numeric"
            defaultValue={scope.minConfidence ? Math.round(scope.minConfidence * 100) : ""}
            className="max-w-32 text-right tabular-nums"
          />
        )}
      </Field>
    </div>
  );
}

/** The limits as the form holds them; what is empty is no limit. */
export function readLimits(form: FormData, friday: string): { until: Until | null; scope: AutoScope } {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const lasts = text("lasts");
  const sure = text("minConfidence");
  const categories = form.getAll("categories").map(String);
  return {
    until:
      lasts === "friday"
        ? { day: friday, clock: "17:00" }
        : lasts === "day"
          ? { day: text("day"), clock: text("clock").slice(0, 5) }
          : null,
    // Checked where it is received; here it is only put together.
    scope: {
      ...(text("maxContacts") ? { maxContacts: Number(text("maxContacts")) } : {}),
      ...(form.get("seenOnly") ? { seenOnly: true as const } : {}),
      ...(categories.length > 0 ? { categories: categories as NonNullable<AutoScope["categories"]> } : {}),
      ...(sure ? { minConfidence: Number(sure) / 100 } : {}),
    },
  };
}
