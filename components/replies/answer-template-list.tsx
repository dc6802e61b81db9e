"use client";

import { PlusIcon } from "lucide-react";
import { useState } from "react";
import { useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";
import type { AnswerTemplate } from "@/lib/replies/answer-templates";
import { AnswerTemplateForm, type SaveTemplate } from "./answer-template-form";
import { AnswerTemplateRow, type MoveTemplate, type RetireTemplate } from "./answer-template-row";

type AnswerTemplateListProps = {
  templates: readonly AnswerTemplate[];
  onSave: SaveTemplate;
  onRetire: RetireTemplate;
  onMove: MoveTemplate;
};

/** The words an answer can begin with: added, changed, put in order and retired here. */
export function AnswerTemplateList({ templates, onSave, onRetire, onMove }: AnswerTemplateListProps) {
  const [adding, setAdding] = useState(false);
  const inUse = templates.filter((one) => one.retired_at === null);
  const retired = templates.filter((one) => one.retired_at !== null);
  return (
    <div className="grid">
      {inUse.length === 0 && (
        <p className="px-4 py-3 text-muted-foreground">
          No template is in use: every answer begins empty, or with what the agent suggests. Add one below.
        </p>
      )}
      <ul className="divide-y">
        {inUse.map((template, index) => (
          <li key={template.id} className="px-4 py-3">
            <AnswerTemplateRow
              template={template}
              first={index === 0}
              last={index === inUse.length - 1}
              onSave={onSave}
              onRetire={onRetire}
              onMove={onMove}
            />
          </li>
        ))}
      </ul>
      <div className="border-t px-4 py-3">
        {adding ? (
          <AnswerTemplateForm
            id={null}
            name=""
            body={"Hi {{first_name|there}},\n\n\n\n{{sender_name}}\n{{desk_name}}"}
            category={null}
            onSave={onSave}
            onClose={() => setAdding(false)}
          />
        ) : (
          <Button variant="outline" onClick={() => setAdding(true)}>
            <PlusIcon /> Add a template
          </Button>
        )}
      </div>
      {retired.length > 0 && <Retired templates={retired} onRetire={onRetire} />}
    </div>
  );
}

function Retired({ templates, onRetire }: Pick<AnswerTemplateListProps, "templates" | "onRetire">) {
  const { pending, act } = useAct();
  return (
    // Whoever opens it before the page has woken finds it open: no difference to warn about.
    <details className="border-t px-4 py-2" suppressHydrationWarning>
      <summary className="min-h-9 content-center text-muted-foreground touch:min-h-11">
        {templates.length} retired
      </summary>
      <ul className="grid gap-2 pb-2">
        {templates.map(({ id, name, retired_at }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="min-w-0 break-words">
              {name}{" "}
              <span className="text-xs text-muted-foreground">
                retired <Time iso={retired_at} />
              </span>
            </span>
            <Button
              variant="outline"
              size="sm"
              disabled={pending}
              onClick={() =>
                act(
                  `“${name}” stays retired.`,
                  () => onRetire({ id, retired: false }),
                  () => toast.success(`“${name}” is back, at the end of the list.`),
                )
              }
            >
              Bring back<span className="sr-only"> {name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
