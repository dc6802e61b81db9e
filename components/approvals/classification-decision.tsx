"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { type DecisionActions, DecisionPanel } from "./decision-panel";

interface ClassificationDecisionProps extends DecisionActions {
  readonly category: string;
  readonly categories: readonly {
    readonly category: string;
    readonly title: string;
    readonly action: string;
  }[];
}

/** The decision on one reply's category, which a person may set right while approving. */
export function ClassificationDecision({ category, categories, ...panel }: ClassificationDecisionProps) {
  const [chosen, choose] = useState(category);
  const rule = categories.find((item) => item.category === chosen);
  return (
    <DecisionPanel
      {...panel}
      approveLabel={`File as ${rule?.title.toLowerCase() ?? chosen}`}
      feedbackHint="What should the classifier learn from this mail?"
      edits={chosen === category ? undefined : { category: chosen }}
    >
      <Field label="Category" hint={rule?.action}>
        {(control) => (
          <NativeSelect {...control} value={chosen} onChange={(event) => choose(event.target.value)}>
            {categories.map((item) => (
              <option key={item.category} value={item.category}>
                {item.title}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
    </DecisionPanel>
  );
}
