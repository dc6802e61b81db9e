"use client";

import { ClockIcon } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/words/time";

type SnoozeChoice = { choice: "tomorrow" | "next_week"; label: string; at: string };

export type SnoozeMenuProps = {
  choices: readonly SnoozeChoice[];
  zone: string;
  /** The first and last day that may be chosen, "2026-11-24". */
  firstDay: string;
  lastDay: string;
  pending: boolean;
  onSnooze: (until: string) => void;
};

/** Puts a mail off until tomorrow, next week or a day. */
export function SnoozeMenu({ choices, zone, firstDay, lastDay, pending, onSnooze }: SnoozeMenuProps) {
  const [open, setOpen] = useState(false);
  useShortcuts({ s: { label: "Put it off", run: () => setOpen(true), disabled: pending } });
  function choose(until: string) {
    setOpen(false);
    onSnooze(until);
  }
  function chooseDay(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const day = String(new FormData(event.currentTarget).get("day") ?? "");
    if (day) choose(day);
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="outline" disabled={pending}>
          <ClockIcon /> Put off <Kbd aria-hidden="true">s</Kbd>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="grid gap-3">
        <p className="text-muted-foreground">
          It leaves the list until then, or until the same person writes again. The sequence stays held.
        </p>
        <div className="grid gap-2">
          {choices.map(({ choice, label, at }) => (
            <Button key={choice} variant="outline" className="justify-between" onClick={() => choose(choice)}>
              {label}
              <Time
                iso={at}
                zone={zone}
                show="absolute"
                className="text-xs font-normal text-muted-foreground"
              />
            </Button>
          ))}
        </div>
        <form onSubmit={chooseDay} className="flex items-end gap-2">
          <Field label="Until a day" className="flex-1">
            {(control) => <Input {...control} type="date" name="day" min={firstDay} max={lastDay} required />}
          </Field>
          <SubmitButton variant="outline">Put off</SubmitButton>
        </form>
      </PopoverContent>
    </Popover>
  );
}
