"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { ActionBar } from "@/components/shell/action-bar";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { NativeSelect } from "@/components/ui/native-select";
import { toast } from "@/components/ui/sonner";
import { Textarea } from "@/components/ui/textarea";
import type { VerdictInput, VerdictOutcome } from "@/lib/trust/give-verdict";

type Answer =
  | { readonly ok: true; readonly value: VerdictOutcome }
  | { readonly ok: false; readonly message: string };

interface VerdictPanelProps {
  readonly id: string;
  readonly checkpoint: string;
  /** classification: what the mail was filed as, and what it can be */
  readonly filed?: {
    readonly category: string;
    readonly categories: readonly { readonly category: string; readonly title: string }[];
  };
  readonly onVerdict: (input: VerdictInput & { id: string }) => Promise<Answer>;
}

/** What a person says afterwards about something auto let through. Anything but agreement needs words, or the right category. */
export function VerdictPanel({ id, checkpoint, filed, onVerdict }: VerdictPanelProps) {
  const router = useRouter();
  const field = useRef<HTMLTextAreaElement>(null);
  const [words, setWords] = useState("");
  const [category, setCategory] = useState(filed?.category);
  const [missing, setMissing] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const corrected = filed && category !== filed.category ? category : undefined;

  const say = (verdict: VerdictInput["verdict"]) => {
    if (verdict !== "agree" && !words.trim() && !(verdict === "would_change" && corrected)) {
      setMissing(
        verdict === "would_reject"
          ? "Say why you would have rejected it."
          : "Say what you would have changed.",
      );
      field.current?.focus();
      return;
    }
    setMissing(undefined);
    start(async () => {
      const answer = await onVerdict({
        id,
        verdict,
        words: words.trim() || undefined,
        category: verdict === "would_change" ? (corrected as VerdictInput["category"]) : undefined,
      }).catch(() => null);
      const refusal = refusalOf(answer);
      setProblem(refusal);
      if (refusal) return;
      const lost = answer?.ok && answer.value.mode === "plan" && verdict !== "agree";
      toast.success(lost ? `Noted. ${checkpoint} is in plan.` : "Noted. It counts for or against auto.");
      router.push("/");
    });
  };
  useShortcuts({
    a: { label: "I agree", run: () => say("agree"), disabled: pending },
    c: { label: "I would have changed it", run: () => say("would_change"), disabled: pending },
    x: { label: "I would have rejected it", run: () => say("would_reject"), disabled: pending },
    u: { label: "Back to the queue", run: () => router.push("/") },
  });

  return (
    <>
      <section aria-label="Your verdict" className="mt-6 grid gap-3">
        <div className="grid gap-0.5">
          <h2 className="text-base leading-6">Look back</h2>
          <p className="max-w-prose text-muted-foreground">
            Auto let this through; it has happened. Say whether you would have done the same, and it counts
            for or against auto.
          </p>
        </div>
        {filed && (
          <Field label="What it really is" hint="Another category sets the mail right at once.">
            {(control) => (
              <NativeSelect
                {...control}
                value={category}
                onChange={(event) => setCategory(event.target.value)}
              >
                {filed.categories.map((each) => (
                  <option key={each.category} value={each.category}>
                    {each.title}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
        )}
        <Field label="In your words" hint="Kept as a learning for the next proposals." error={missing}>
          {(control) => (
            <Textarea
              {...control}
              ref={field}
              rows={3}
              maxLength={5000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
        {problem && (
          <Alert variant="danger" live>
            <AlertTitle>Nothing was noted</AlertTitle>
            <AlertDescription>{problem}</AlertDescription>
          </Alert>
        )}
      </section>
      <ActionBar>
        <Button variant="outline" onClick={() => say("would_reject")} disabled={pending}>
          Would have rejected it <Kbd>x</Kbd>
        </Button>
        <Button variant="outline" onClick={() => say("would_change")} disabled={pending}>
          Would have changed it <Kbd>c</Kbd>
        </Button>
        <Button onClick={() => say("agree")} disabled={pending} aria-busy={pending}>
          I agree <Kbd>a</Kbd>
        </Button>
      </ActionBar>
    </>
  );
}

function refusalOf(answer: Answer | null): string | undefined {
  if (!answer) return "The server did not answer. Try again.";
  if (!answer.ok) return answer.message;
  switch (answer.value.outcome) {
    case "given":
      return undefined;
    case "already_given":
      return `${answer.value.by ?? "Somebody"} looked back at it before you.`;
    case "not_auto":
      return "A person decided this one, so there is nothing to look back at.";
    case "not_found":
      return "This approval is not there any more.";
  }
}
