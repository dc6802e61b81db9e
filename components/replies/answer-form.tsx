"use client";

import { SendIcon } from "lucide-react";
import { type SubmitEvent, useRef, useState } from "react";
import { type Action, useAct } from "@/components/page/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

type AnswerFormProps = {
  emailId: string;
  to: string;
  from: string;
  subject: string;
  /** What the agent would answer; a person reads it before anything leaves. */
  suggested: string;
  onAnswer: Action<{ emailId: string; subject: string; body: string; finish: boolean }>;
};

/** An operator's own answer. It waits for nobody's schedule but obeys limits, exclusions and the kill switch. */
export function AnswerForm({ emailId, to, from, subject, suggested, onAnswer }: AnswerFormProps) {
  const { pending, act } = useAct();
  const [finish, setFinish] = useState(true);
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useShortcuts({ a: { label: "Answer", run: focusAnswer } });

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body = String(data.get("body") ?? "").trim();
    setMissing(!body);
    if (!body) return focusAnswer();
    act(
      "The answer was not sent.",
      () => onAnswer({ emailId, subject: String(data.get("subject") ?? ""), body, finish }),
      () => {
        form.current?.reset();
        toast.success(`Your answer to ${to} is on its way.`, {
          description: "It leaves before all other mail; its state is shown with the correspondence.",
        });
      },
    );
  }
  return (
    <form ref={form} onSubmit={submit} className="grid gap-3" noValidate>
      <p className="text-muted-foreground">
        Goes to <span className="font-semibold text-foreground">{to}</span> from {from}, as an answer in the
        same thread.
      </p>
      <Field label="Subject">
        {(control) => <Input {...control} name="subject" defaultValue={subject} maxLength={250} />}
      </Field>
      <Field
        label="Answer"
        hint={
          suggested
            ? "The agent suggested these words. Change them as you like; nothing leaves until you send it."
            : undefined
        }
        error={missing ? "Write an answer first." : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            data-answer
            name="body"
            rows={8}
            maxLength={20_000}
            defaultValue={suggested}
            className="min-h-40"
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Label className="font-normal touch:min-h-11">
          <Checkbox checked={finish} onCheckedChange={(checked) => setFinish(checked === true)} />
          Put this mail away as well
        </Label>
        <SubmitButton pending={pending}>
          <SendIcon /> Send the answer
        </SubmitButton>
      </div>
    </form>
  );
}

/** Brings the answer's box into view and into focus. */
export function focusAnswer(): void {
  const box = document.querySelector<HTMLTextAreaElement>("[data-answer]");
  box?.scrollIntoView({ block: "center" });
  box?.focus({ preventScroll: true });
}
