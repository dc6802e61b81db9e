"use client";

import { SendIcon } from "lucide-react";
import { type SubmitEvent, useRef, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { sayUnfilled } from "@/lib/replies/fill-answer";
import type { AnswerStart as AnswerStartChoice, AnswerStarts } from "@/lib/replies/list-answer-starts";
import { AnswerStart } from "./answer-start";
import { type KeepDraft, type Kept, useKeptDraft } from "./use-kept-draft";

type AnswerFormProps = {
  emailId: string;
  to: string;
  from: string;
  subject: string;
  /** What was written so far; a person reads it before anything leaves. */
  body: string;
  /** Where those words come from: "The agent suggested these words." */
  origin: string | null;
  starts: readonly AnswerStarts[];
  /** A sequence is held for this mail and ends when it is put away. */
  endsSequence: boolean;
  onKeep: KeepDraft;
  onAnswer: Action<{ emailId: string; subject: string; body: string; finish: boolean }>;
};

const KEPT: Record<Kept, string> = {
  untouched: "",
  typing: "Keeping what you write…",
  kept: "Kept. You can go on elsewhere.",
  not_kept: "Not kept: the words are only on this page.",
};

/** An operator's own answer. It waits for nobody's schedule but obeys limits, exclusions and the kill switch. */
export function AnswerForm(props: AnswerFormProps) {
  const { emailId, to, from, origin, starts, endsSequence, onKeep, onAnswer } = props;
  const { pending, act } = useAct();
  const [subject, setSubject] = useState(props.subject);
  const [body, setBody] = useState(props.body);
  const [finish, setFinish] = useState(true);
  const [missing, setMissing] = useState(false);
  const draft = useKeptDraft(emailId, onKeep);
  const form = useRef<HTMLFormElement>(null);
  useShortcuts({
    a: { label: "Answer", run: focusAnswer },
    "mod+enter": { label: "Send the answer", run: () => form.current?.requestSubmit(), disabled: pending },
  });

  const unfilled = sayUnfilled(body);

  function write(next: { subject?: string; body?: string }) {
    const [newSubject, newBody] = [next.subject ?? subject, next.body ?? body];
    setSubject(newSubject);
    setBody(newBody);
    setMissing(false);
    draft.note(newSubject, newBody);
  }
  function begin(choice: AnswerStartChoice) {
    const replaced = body;
    write({ body: choice.body });
    focusAnswer();
    if (replaced.trim() && replaced !== choice.body)
      toast(`Begins with “${choice.title}”.`, {
        action: { label: "Undo", onClick: () => write({ body: replaced }) },
      });
  }
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    setMissing(!body.trim());
    if (!body.trim() || unfilled) return focusAnswer();
    draft.forget();
    act(
      "The answer was not sent.",
      () => onAnswer({ emailId, subject, body: body.trim(), finish }),
      () => {
        setBody("");
        toast.success(`Your answer to ${to} is on its way.`, {
          description: "It leaves before all other mail; its state is shown with the correspondence.",
        });
      },
    );
  }
  return (
    <form ref={form} onSubmit={submit} className="grid gap-3" noValidate>
      <p className="break-words text-muted-foreground">
        Goes to <span className="font-semibold text-foreground">{to}</span> from {from}, as an answer in the
        same thread.
      </p>
      <AnswerStart groups={starts} onChoose={begin} />
      <Field label="Subject">
        {(control) => (
          <Input
            {...control}
            value={subject}
            maxLength={250}
            onChange={(event) => write({ subject: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Answer"
        hint={origin && body === props.body ? origin : undefined}
        error={missing ? "Write an answer first." : (unfilled ?? undefined)}
      >
        {(control) => (
          <Textarea
            {...control}
            data-answer
            rows={10}
            maxLength={20_000}
            value={body}
            onChange={(event) => write({ body: event.target.value })}
            className="min-h-40"
          />
        )}
      </Field>
      <p aria-live="polite" className="min-h-4 text-xs text-muted-foreground">
        {KEPT[draft.kept]}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Label className="font-normal touch:min-h-11">
          <Checkbox checked={finish} onCheckedChange={(checked) => setFinish(checked === true)} />
          {endsSequence
            ? "Put this mail away as well, which ends the held sequence"
            : "Put this mail away as well"}
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
