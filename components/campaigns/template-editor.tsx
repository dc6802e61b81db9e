"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/sonner";
import { Textarea } from "@/components/ui/textarea";
import { MERGE_TAGS } from "@/lib/templates/tags";
import { checkTemplate } from "@/lib/templates/template";
import { readProblem } from "@/lib/ui/read-problem";

interface Template {
  readonly step: number;
  readonly subject: string;
  readonly body: string;
}

interface TemplateEditorProps {
  readonly campaignId: string;
  readonly templates: readonly Template[];
  readonly onRevise: (input: { campaignId: string; templates: Template[] }) => Promise<unknown>;
}

/** The three mails as templates. Tags are checked while typing; saving renders every mail again and plans anew. */
export function TemplateEditor({ campaignId, templates, onRevise }: TemplateEditorProps) {
  const [drafts, setDrafts] = useState(templates);
  const [pending, start] = useTransition();
  const changed = drafts.filter((draft, index) => {
    const original = templates[index];
    return draft.subject !== original?.subject || draft.body !== original?.body;
  });
  const edit = (step: number, change: Partial<Template>) =>
    setDrafts((now) => now.map((draft) => (draft.step === step ? { ...draft, ...change } : draft)));
  const problems = changed.flatMap((draft) => [
    ...checkTemplate(draft.subject),
    ...checkTemplate(draft.body),
  ]);
  const save = () =>
    start(async () => {
      const problem = readProblem(await onRevise({ campaignId, templates: changed }));
      if (problem) toast.error(problem);
      else toast.success("Saved. Every mail was written again.");
    });
  return (
    <div className="grid gap-5">
      <p className="text-xs text-muted-foreground">
        Merge tags:{" "}
        {Object.keys(MERGE_TAGS)
          .map((tag) => `{{${tag}}}`)
          .join(" ")}
        . A fallback for a blank one: {"{{first_name|there}}"}.
      </p>
      {drafts.map((draft) => (
        <div key={draft.step} className="grid gap-3 border-t pt-4">
          {draft.step === 1 && (
            <Field label="Mail 1: subject" error={checkTemplate(draft.subject)[0]?.message}>
              {(control) => (
                <Input
                  {...control}
                  value={draft.subject}
                  maxLength={300}
                  onChange={(event) => edit(1, { subject: event.target.value })}
                />
              )}
            </Field>
          )}
          <Field
            label={`Mail ${draft.step}: text`}
            hint={
              draft.step > 1 ? "Leaves as a reply in the thread, under the first mail's subject." : undefined
            }
            error={checkTemplate(draft.body)[0]?.message}
          >
            {(control) => (
              <Textarea
                {...control}
                rows={10}
                value={draft.body}
                onChange={(event) => edit(draft.step, { body: event.target.value })}
              />
            )}
          </Field>
        </div>
      ))}
      <div>
        <Button
          onClick={save}
          disabled={pending || changed.length === 0 || problems.length > 0}
          aria-busy={pending}
        >
          Save and plan again
        </Button>
      </div>
    </div>
  );
}
