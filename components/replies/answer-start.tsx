"use client";

import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";

export type AnswerStartChoice = { key: string; title: string; body: string };

const SELECT_ID = "answer-start";

/** Puts the words of a template, or of the agent, into the answer. */
export function AnswerStart(props: {
  choices: readonly AnswerStartChoice[];
  onChoose: (choice: AnswerStartChoice) => void;
}) {
  const { choices, onChoose } = props;
  return (
    <div className="grid gap-1.5">
      <Label htmlFor={SELECT_ID}>Begin with</Label>
      <NativeSelect
        id={SELECT_ID}
        value=""
        onChange={(event) => {
          const chosen = choices.find(({ key }) => key === event.target.value);
          if (chosen) onChoose(chosen);
        }}
      >
        <option value="">Choose words to change…</option>
        {choices.map(({ key, title }) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </NativeSelect>
    </div>
  );
}
