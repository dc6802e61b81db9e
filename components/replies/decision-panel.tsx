"use client";

import { useRef, useState } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/sonner";
import { Textarea } from "@/components/ui/textarea";
import { StatusBadge } from "@/components/words/status-badge";
import { readStatus } from "@/components/words/status-words";
import { CATEGORIES, type Category } from "@/lib/replies/classification";
import { CategoryButtons } from "./category-buttons";
import { CATEGORY_KEYS, judgeFiling } from "./category-keys";

type DecisionPanelProps = {
  emailId: string;
  category: string | null;
  status: string;
  /** What each category does, as Settings says it. */
  actions: Record<string, string>;
  /** Categories that are for ever. */
  finals: readonly string[];
  /** Files the mail; answers with what was done. */
  onFile: Action<{ emailId: string; category: Category; words?: string | undefined }, readonly string[]>;
  onUndo: Action<{ emailId: string }, readonly string[]>;
};

const categoryWord = (category: string) => readStatus("category", category).text;

/** Says what the mail is: one key or press files it so. What is for ever asks once more; words become a learning. */
export function DecisionPanel(props: DecisionPanelProps) {
  const { emailId, category, status, actions, finals, onFile, onUndo } = props;
  const { pending, act } = useAct();
  const [asked, setAsked] = useState<Category | null>(null);
  const [looked, setLooked] = useState<Category | null>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  const mail = { category, status };
  const current = CATEGORIES.find((known) => known === category);
  const beingRead = status === "new" || status === "classifying";
  const canConfirm = current !== undefined && status === "needs_person";

  function file(chosen: Category) {
    setAsked(null);
    act(
      "The mail was not filed.",
      () => onFile({ emailId, category: chosen, words: words.current?.value.trim() || undefined }),
      (did) =>
        toast.success(`Filed as ${categoryWord(chosen)}.`, {
          description: did.length > 0 ? `Done: ${did.join(", ")}.` : "Nothing else was to be done.",
          ...(!finals.includes(chosen) && { action: { label: "Undo", onClick: undo } }),
        }),
    );
  }
  function undo() {
    act(
      "It was not undone.",
      () => onUndo({ emailId }),
      () => toast.success("Undone. The mail waits for a person again."),
    );
  }
  function choose(chosen: Category) {
    const filing = judgeFiling(chosen, mail, finals);
    if (filing === "files") file(chosen);
    if (filing === "asks_first") setAsked(chosen);
  }
  useShortcuts({
    ...Object.fromEntries(
      CATEGORIES.map((known) => [
        CATEGORY_KEYS[known],
        {
          label: `File as ${categoryWord(known)}`,
          group: "What it is",
          run: () => choose(known),
          disabled: pending || judgeFiling(known, mail, finals) === "nothing",
        },
      ]),
    ),
    c: { label: "Say why the category is another", run: () => words.current?.focus() },
    f: {
      label: asked
        ? `File as ${categoryWord(asked)}, for ever`
        : `Confirm: ${categoryWord(current ?? "other")}`,
      run: () => (asked ? file(asked) : current && choose(current)),
      disabled: pending || !(asked || canConfirm),
    },
  });
  const shown = asked ?? looked ?? current;

  return (
    <div className="grid gap-3">
      <Field
        label={
          <>
            Why, if it is another <Kbd aria-hidden="true">c</Kbd>
          </>
        }
        required={false}
        hint="Your words go into every later prompt of the classifier."
      >
        {(control) => <Textarea {...control} ref={words} rows={2} maxLength={1000} />}
      </Field>
      <CategoryButtons current={current} disabled={pending} onChoose={choose} onLook={setLooked} />
      <p aria-live="polite" className="min-h-10 text-muted-foreground">
        {shown && (
          <>
            <StatusBadge of="category" status={shown} className="mr-2" />
            {actions[shown]}
          </>
        )}
      </p>
      {asked && (
        <div role="alert" className="grid gap-2 rounded-md border border-danger p-3">
          <p>This is for ever: it cannot be undone here.</p>
          <div className="flex flex-wrap gap-2">
            <Button variant="destructive" size="sm" disabled={pending} onClick={() => file(asked)}>
              File as {categoryWord(asked)} <Kbd aria-hidden="true">f</Kbd>
            </Button>
            <Button variant="outline" size="sm" onClick={() => setAsked(null)}>
              Not that
            </Button>
          </div>
        </div>
      )}
      {!asked && canConfirm && current && (
        <Button variant="outline" disabled={pending} onClick={() => choose(current)}>
          Confirm: {categoryWord(current)} <Kbd aria-hidden="true">f</Kbd>
        </Button>
      )}
      {beingRead && (
        <p className="text-xs text-muted-foreground">
          It is being read right now. You can still file it yourself.
        </p>
      )}
    </div>
  );
}
