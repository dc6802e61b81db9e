"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Field } from "@/components/ui/field";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

type ResultsFeedbackProps = {
  searchId: string;
  /** The campaign approval that waits, when the search can still be sent back to its payloads. */
  approvalHref: string | null;
  onNote: Action<{ searchId: string; words: string }>;
};

/** Words about what a search found. They go into the prompt of every later search they fit. */
export function ResultsFeedback({ searchId, approvalHref, onNote }: ResultsFeedbackProps) {
  const { pending, act } = useAct();
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      noValidate
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const words = String(new FormData(event.currentTarget).get("words") ?? "").trim();
        setMissing(!words);
        if (!words) return event.currentTarget.querySelector("textarea")?.focus();
        act(
          "Your words were not kept.",
          () => onNote({ searchId, words }),
          () => {
            form.current?.reset();
            toast.success("Kept: later searches that fit carry these words.");
          },
        );
      }}
    >
      <Field
        label="What should be different next time?"
        hint="“Too narrow, add Orange County”, “these buyers also like flex”. The sourcing agent cannot skip it."
        error={missing ? "Say what should be different next time." : undefined}
      >
        {(control) => <Textarea {...control} name="words" rows={2} maxLength={2000} />}
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-sm text-muted-foreground">
          {approvalHref ? (
            <>
              To have this search itself done again with better payloads, say so at{" "}
              <Link href={approvalHref} className="text-primary underline underline-offset-4">
                its campaign approval
              </Link>
              .
            </>
          ) : (
            "This search stays as it is; what you say shapes the ones after it."
          )}
        </p>
        <SubmitButton variant="outline" pending={pending}>
          Keep as a learning
        </SubmitButton>
      </div>
    </form>
  );
}
