"use client";

import { type SubmitEvent, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Category } from "@/lib/replies/classification";

export type UpdateRule = Action<{
  category: Category;
  changes: { priority?: number; taskAfterDays?: number; toPerson?: boolean };
  reason?: string | undefined;
}>;

type RoutingFormProps = {
  category: Category;
  title: string;
  priority: number;
  /** Days until the task is due; null where the category opens none. */
  days: number | null;
  toPerson: boolean;
  reader: { readonly changeable: boolean; readonly why: string };
  onUpdate: UpdateRule;
};

/** Changes what may be changed about a category, from the next mail on. */
export function RoutingForm(props: RoutingFormProps) {
  const { category, title, priority, days, toPerson, reader, onUpdate } = props;
  const { pending, act } = useAct();
  const [open, setOpen] = useState(false);
  const [read, setRead] = useState(toPerson);
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    act(
      `${title} was not changed.`,
      () =>
        onUpdate({
          category,
          changes: {
            priority: Number(data.get("priority")),
            ...(days !== null && { taskAfterDays: Number(data.get("days")) }),
            ...(reader.changeable && { toPerson: read }),
          },
          reason: String(data.get("reason") ?? "").trim() || undefined,
        }),
      () => {
        setOpen(false);
        toast.success(`${title} is changed, from the next mail on.`);
      },
    );
  }
  if (!open)
    return (
      <Button variant="outline" size="sm" className="justify-self-start" onClick={() => setOpen(true)}>
        Change<span className="sr-only"> {title}</span>
      </Button>
    );
  return (
    <form onSubmit={submit} className="grid gap-3 rounded-md border p-3" aria-label={`Change ${title}`}>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Priority" hint="1 stands first among what waits, 99 last.">
          {(control) => (
            <Input
              {...control}
              type="number"
              name="priority"
              min={1}
              max={99}
              required
              defaultValue={priority}
            />
          )}
        </Field>
        {days !== null && (
          <Field label="Days until the task" hint="0 is at once; a day they name goes before it.">
            {(control) => (
              <Input {...control} type="number" name="days" min={0} max={730} required defaultValue={days} />
            )}
          </Field>
        )}
      </div>
      <div className="grid gap-1">
        <Label className="font-normal touch:min-h-11">
          <Checkbox
            checked={read}
            disabled={!reader.changeable}
            onCheckedChange={(checked) => setRead(checked === true)}
          />
          A person reads it
        </Label>
        {reader.why && <p className="text-xs text-muted-foreground">{reader.why}</p>}
      </div>
      <Field label="Why" required={false} hint="Stands in the audit log beside the change.">
        {(control) => <Input {...control} name="reason" maxLength={300} />}
      </Field>
      <div className="flex flex-wrap gap-2">
        <SubmitButton pending={pending}>Change {title}</SubmitButton>
        <Button variant="outline" onClick={() => setOpen(false)}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
