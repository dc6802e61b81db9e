"use client";

import { useState } from "react";
import { type Answer, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/sonner";
import { Textarea } from "@/components/ui/textarea";
import { renderSequence } from "@/lib/campaigns/render-sequence";
import { MERGE_TAGS, type MergeValues } from "@/lib/campaigns/templates/tags";
import { checkTemplate } from "@/lib/campaigns/templates/template";

interface Template {
  readonly step: number;
  readonly subject: string;
  readonly body: string;
}

interface TemplateEditorProps {
  readonly campaignId: string;
  readonly templates: readonly Template[];
  /** Whose mails are written while typing, and what the tags stand for there */
  readonly preview: { readonly name: string; readonly values: MergeValues } | null;
  /** Said on the button that saves */
  readonly saveLabel?: string;
  readonly onRevise: (input: { campaignId: string; templates: Template[] }) => Promise<Answer>;
}

/** The three mails as templates. Tags are checked while typing; saving renders every mail again and plans anew. */
export function TemplateEditor({
  campaignId,
  templates,
  preview,
  saveLabel = "Save and plan again",
  onRevise,
}: TemplateEditorProps) {
  const [drafts, setDrafts] = useState(templates);
  const { pending, act } = useAct();
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
  const rendered = preview ? renderSequence(drafts, preview.values) : null;
  const save = () =>
    act(
      "The mails were not changed.",
      () => onRevise({ campaignId, templates: changed }),
      () => toast.success("Saved. Every mail was written again."),
    );
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
        <div key={draft.step} className="grid gap-4 border-t pt-4 lg:grid-cols-2">
          <div className="grid content-start gap-3">
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
                draft.step > 1
                  ? "Leaves as a reply in the thread, under the first mail's subject."
                  : undefined
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
          {preview && <LivePreview step={draft.step} name={preview.name} rendered={rendered} />}
        </div>
      ))}
      <div>
        <Button
          onClick={save}
          disabled={pending || changed.length === 0 || problems.length > 0}
          aria-busy={pending}
        >
          {saveLabel}
        </Button>
      </div>
    </div>
  );
}

function LivePreview({
  step,
  name,
  rendered,
}: {
  step: number;
  name: string;
  rendered: ReturnType<typeof renderSequence> | null;
}) {
  const mail = rendered?.ok ? rendered.mails.find((one) => one.step === step) : undefined;
  return (
    <div role="status" className="grid min-w-0 content-start gap-2 rounded-lg border bg-background p-4">
      <p className="text-xs text-muted-foreground">As {name} would read it</p>
      {mail ? (
        <>
          <p className="font-semibold break-words">{mail.subject}</p>
          <p className="break-words whitespace-pre-wrap">{mail.body}</p>
        </>
      ) : (
        <p className="text-attention">
          {rendered && !rendered.ok ? `Would not be sent: ${rendered.reason}.` : "Nothing to show."}
        </p>
      )}
    </div>
  );
}
