"use client";

import { type SubmitEvent, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { readStatus } from "@/components/words/status-words";
import { checkTemplate } from "@/lib/campaigns/templates/template";
import { ANSWER_TAGS } from "@/lib/replies/answer-tags";
import { AGENT_CATEGORIES, type Category } from "@/lib/replies/classification";

export type SaveTemplate = Action<{
  id: string | null;
  name: string;
  body: string;
  category: Category | null;
}>;

type AnswerTemplateFormProps = {
  /** The template that is changed; null adds one. */
  id: string | null;
  name: string;
  body: string;
  category: string | null;
  onSave: SaveTemplate;
  onClose: () => void;
};

const ANSWERED = AGENT_CATEGORIES.filter((category) => category !== "hard_pass");

/** Writes an answer template. Its tags are checked while typing, and again when it is saved. */
export function AnswerTemplateForm(props: AnswerTemplateFormProps) {
  const { id, onSave, onClose } = props;
  const { pending, act } = useAct();
  const [name, setName] = useState(props.name);
  const [body, setBody] = useState(props.body);
  const [category, setCategory] = useState(props.category ?? "");
  const [tried, setTried] = useState(false);
  const [problem] = checkTemplate(body, ANSWER_TAGS);
  const missingName = tried && !name.trim();
  const missingBody = tried && !body.trim();
  // A category that came with the template stays to be chosen, whatever is offered.
  const offered = [
    ...ANSWERED,
    ...(props.category && !ANSWERED.some((one) => one === props.category) ? [props.category] : []),
  ];
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (!name.trim() || !body.trim() || problem) return;
    act(
      "The template was not saved.",
      () => onSave({ id, name, body, category: (category || null) as Category | null }),
      () => {
        toast.success(id === null ? `“${name.trim()}” is added.` : `“${name.trim()}” is changed.`, {
          description: "It is offered below every reply from now on.",
        });
        onClose();
      },
    );
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={id === null ? "New template" : `Change ${props.name}`}
      className="grid gap-3 rounded-md border p-3"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" error={missingName ? "Give it a name." : undefined}>
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="Fits" hint="It is offered first for mail of this category.">
          {(control) => (
            <NativeSelect {...control} value={category} onChange={(event) => setCategory(event.target.value)}>
              <option value="">Every mail</option>
              {offered.map((one) => (
                <option key={one} value={one}>
                  {readStatus("category", one).text}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      <Field
        label="Words"
        error={missingBody ? "It has no words." : problem?.message}
        hint={
          <>
            Merge tags:{" "}
            {Object.keys(ANSWER_TAGS)
              .map((tag) => `{{${tag}}}`)
              .join(" ")}
            . A fallback for a blank one: {"{{first_name|there}}"}.
          </>
        }
      >
        {(control) => (
          <Textarea
            {...control}
            rows={10}
            value={body}
            maxLength={5_000}
            onChange={(event) => setBody(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <SubmitButton pending={pending}>
          {id === null ? "Add the template" : "Save the template"}
        </SubmitButton>
        <Button variant="outline" onClick={onClose}>
          {id === null ? "Add none" : "Leave it"}
        </Button>
      </div>
    </form>
  );
}
