"use client";

import { useRef, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

export type Rewrite = Action<{ ids: string[]; words: string; tags: string[] }, { id: string }>;

type RewriteFormProps = {
  ids: readonly string[];
  words: string;
  tags: readonly string[];
  submit: string;
  onRewrite: Rewrite;
  onDone: (id: string) => void;
};

/** The words a learning shall have from now on, and what they are about. */
export function RewriteForm(props: RewriteFormProps) {
  const { pending, act } = useAct();
  const [missing, setMissing] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  function send(form: FormData) {
    const words = String(form.get("words") ?? "").trim();
    setMissing(!words);
    if (!words) return text.current?.focus();
    const tags = String(form.get("tags") ?? "")
      .split(",")
      .map((tag) => tag.trim())
      .filter(Boolean);
    act(
      "The learning was not rewritten.",
      () => props.onRewrite({ ids: [...props.ids], words, tags }),
      ({ id }) => {
        toast.success("Later prompts carry these words.");
        props.onDone(id);
      },
    );
  }
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      <Field label="Words" error={missing ? "A learning needs words." : undefined} required>
        {(control) => (
          <Textarea
            {...control}
            ref={text}
            name="words"
            rows={4}
            maxLength={2000}
            defaultValue={props.words}
          />
        )}
      </Field>
      <Field
        label="About"
        hint="Property types, markets, strategies or a category, with commas between. Searches that share one get it first; with none it fits everywhere."
        required={false}
      >
        {(control) => <Input {...control} name="tags" defaultValue={props.tags.join(", ")} />}
      </Field>
      <div className="flex justify-end">
        <SubmitButton pending={pending}>{props.submit}</SubmitButton>
      </div>
    </form>
  );
}
