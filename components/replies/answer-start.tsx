"use client";

import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import type { AnswerStart as AnswerStartChoice, AnswerStarts } from "@/lib/replies/list-answer-starts";

const SELECT_ID = "answer-start";

/** Puts the words of a template, or of the agent, into the answer. */
export function AnswerStart(props: {
  groups: readonly AnswerStarts[];
  onChoose: (choice: AnswerStartChoice) => void;
}) {
  const { groups, onChoose } = props;
  return (
    <div className="grid gap-1.5">
      <Label htmlFor={SELECT_ID}>Begin with</Label>
      <NativeSelect
        id={SELECT_ID}
        value=""
        onChange={(event) => {
          const chosen = groups.flatMap(({ starts }) => starts).find(({ key }) => key === event.target.value);
          if (chosen) onChoose(chosen);
        }}
      >
        <option value="">Choose words to change…</option>
        {groups.map(({ label, starts }) => (
          <optgroup key={label} label={label}>
            {starts.map(({ key, title }) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </optgroup>
        ))}
      </NativeSelect>
    </div>
  );
}
