"use client";

import { useState } from "react";
import { useController } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import { PLAYS } from "@/lib/criteria/plays";
import { PickedChip, ToggleChip } from "./chip";
import { FieldGroup } from "./field-group";

/** The plays as chips to press, and a line for the desk's own words. */
export function StrategyPicker() {
  const { field, fieldState } = useController<CriteriaDraft, "strategies">({ name: "strategies" });
  const [typed, setTyped] = useState("");
  const picked = field.value;
  const own = picked.filter((strategy) => !PLAYS.some((play) => play === strategy));
  const toggle = (strategy: string) =>
    field.onChange(
      picked.includes(strategy) ? picked.filter((other) => other !== strategy) : [...picked, strategy],
    );
  function addTyped() {
    const words = typed.trim();
    if (words && !picked.includes(words)) field.onChange([...picked, words]);
    setTyped("");
  }
  return (
    <FieldGroup
      legend="Strategies"
      hint="Why an owner may sell now. Without any, the sourcing agent picks those that suit the criteria."
      error={fieldState.error?.message}
      onLeave={field.onBlur}
    >
      {(control) => (
        <div className="grid gap-2">
          <div className="flex flex-wrap gap-2">
            {PLAYS.map((play) => (
              <ToggleChip
                key={play}
                label={play}
                pressed={picked.includes(play)}
                onClick={() => toggle(play)}
              />
            ))}
            {own.map((strategy) => (
              <PickedChip key={strategy} label={strategy} onClick={() => toggle(strategy)} />
            ))}
          </div>
          <div className="flex max-w-md gap-2">
            <Input
              {...control}
              aria-label="A strategy of your own"
              placeholder="A strategy of your own …"
              maxLength={120}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onBlur={addTyped}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                addTyped();
              }}
            />
            <Button variant="outline" onClick={addTyped} disabled={!typed.trim()}>
              Add
            </Button>
          </div>
        </div>
      )}
    </FieldGroup>
  );
}
