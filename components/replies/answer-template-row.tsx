"use client";

import { ArrowDownIcon, ArrowUpIcon } from "lucide-react";
import { useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { readStatus } from "@/components/words/status-words";
import { Time } from "@/components/words/time";
import type { AnswerTemplate } from "@/lib/replies/answer-templates";
import { AnswerTemplateForm, type SaveTemplate } from "./answer-template-form";

export type RetireTemplate = Action<{ id: string; retired: boolean }>;
export type MoveTemplate = Action<{ id: string; up: boolean }>;

type AnswerTemplateRowProps = {
  template: AnswerTemplate;
  first: boolean;
  last: boolean;
  onSave: SaveTemplate;
  onRetire: RetireTemplate;
  onMove: MoveTemplate;
};

/** A template in use: its words, what it fits, and the ways to change it. */
export function AnswerTemplateRow(props: AnswerTemplateRowProps) {
  const { template, first, last, onSave, onRetire, onMove } = props;
  const { id, name, body, category } = template;
  const { pending, act } = useAct();
  const [editing, setEditing] = useState(false);
  function retire() {
    act(
      `“${name}” is still in use.`,
      () => onRetire({ id, retired: true }),
      () =>
        toast.success(`“${name}” is retired.`, {
          description: "It is kept below and can be brought back.",
        }),
    );
  }
  const move = (up: boolean) => act(`“${name}” was not moved.`, () => onMove({ id, up }));
  if (editing)
    return (
      <AnswerTemplateForm
        id={id}
        name={name}
        body={body}
        category={category}
        onSave={onSave}
        onClose={() => setEditing(false)}
      />
    );
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="text-sm font-semibold break-words">{name}</h3>
        <p className="text-xs text-muted-foreground">
          {category ? `Fits ${readStatus("category", category).text.toLowerCase()}` : "Fits every mail"} ·
          {template.updated_by === "system" ? (
            " came with the desk"
          ) : (
            <>
              {" "}
              {template.updated_by}, <Time iso={template.updated_at} />
            </>
          )}
        </p>
      </div>
      <p className="max-w-prose text-muted-foreground break-words whitespace-pre-wrap">{body}</p>
      <div className="flex flex-wrap gap-2">
        <Button variant="outline" size="sm" disabled={pending} onClick={() => setEditing(true)}>
          Change<span className="sr-only"> {name}</span>
        </Button>
        <Button variant="outline" size="sm" disabled={pending} onClick={retire}>
          Retire<span className="sr-only"> {name}</span>
        </Button>
        <Button variant="ghost" size="sm" disabled={pending || first} onClick={() => move(true)}>
          <ArrowUpIcon /> Up<span className="sr-only">: {name}</span>
        </Button>
        <Button variant="ghost" size="sm" disabled={pending || last} onClick={() => move(false)}>
          <ArrowDownIcon /> Down<span className="sr-only">: {name}</span>
        </Button>
      </div>
    </div>
  );
}
