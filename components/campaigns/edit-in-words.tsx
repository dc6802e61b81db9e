"use client";

import { useState } from "react";
import { type Answer, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface EditInWordsProps {
  readonly campaignId: string;
  readonly onPropose: (input: { campaignId: string; words: string }) => Promise<Answer>;
}

/** A change of a running campaign in a person's own words; what no rule reads is said before anything is proposed. */
export function EditInWords({ campaignId, onPropose }: EditInWordsProps) {
  const [words, setWords] = useState("");
  const [problem, setProblem] = useState<string>();
  const { pending, act } = useAct();
  const propose = () =>
    act(
      "Nothing was proposed.",
      () => onPropose({ campaignId, words }),
      () => setProblem(undefined),
      setProblem,
    );
  return (
    <div className="grid gap-3">
      <Field
        label="What should change?"
        hint="For example “skip brokers, start next Tuesday, softer second mail, only between 10 and 3, at most 100 a day”."
        error={problem}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={2000}
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
              setProblem(undefined);
            }}
          />
        )}
      </Field>
      <div>
        <Button
          variant="outline"
          onClick={propose}
          disabled={pending || words.trim() === ""}
          aria-busy={pending}
        >
          Propose this
        </Button>
      </div>
    </div>
  );
}
