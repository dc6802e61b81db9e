"use client";

import { type SubmitEvent, useState } from "react";
import { StatusBadge } from "@/components/page/status-badge";
import { readStatus } from "@/components/page/status-words";
import { type Action, useAct } from "@/components/page/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { NativeSelect } from "@/components/ui/native-select";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { CATEGORIES, type Category } from "@/lib/replies/classification";

type DecisionPanelProps = {
  emailId: string;
  category: string | null;
  status: string;
  /** What each category does, as Settings says it. */
  actions: Record<string, string>;
  /** Files the mail; answers with what was done. */
  onFile: Action<{ emailId: string; category: Category; words?: string | undefined }, readonly string[]>;
};

const SELECT_ID = "reply-category";
const categoryWord = (category: string) => readStatus("category", category).text;

/** Says what the mail is, what that does, and files it so; other words than the agent's become a learning. */
export function DecisionPanel({ emailId, category, status, actions, onFile }: DecisionPanelProps) {
  const { pending, act } = useAct();
  const [chosen, setChosen] = useState<Category>(CATEGORIES.find((known) => known === category) ?? "other");
  const changed = chosen !== category;
  const beingRead = status === "new" || status === "classifying";
  const settled = status !== "needs_person" && !changed;

  function file(words: string) {
    act(
      "The mail was not filed.",
      () => onFile({ emailId, category: chosen, words: words || undefined }),
      (did) =>
        toast.success(`Filed as ${categoryWord(chosen)}.`, {
          description: did.length > 0 ? `Done: ${did.join(", ")}.` : "Nothing else was to be done.",
        }),
    );
  }
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    file(String(new FormData(event.currentTarget).get("words") ?? "").trim());
  }
  useShortcuts({
    c: { label: "Change the category", run: () => document.getElementById(SELECT_ID)?.focus() },
    f: {
      label: `File as ${categoryWord(chosen)}`,
      run: () => file(""),
      disabled: pending || settled || beingRead,
    },
  });

  return (
    <form onSubmit={submit} className="grid gap-3" noValidate>
      <div className="grid gap-1.5">
        <label htmlFor={SELECT_ID} className="flex items-center gap-2 font-semibold">
          What it is <Kbd aria-hidden="true">c</Kbd>
        </label>
        <NativeSelect
          id={SELECT_ID}
          value={chosen}
          onChange={(event) => setChosen(CATEGORIES.find((known) => known === event.target.value) ?? chosen)}
        >
          {CATEGORIES.map((known) => (
            <option key={known} value={known}>
              {categoryWord(known)}
            </option>
          ))}
        </NativeSelect>
      </div>
      <p aria-live="polite" className="text-muted-foreground">
        <StatusBadge of="category" status={chosen} className="mr-2" />
        {actions[chosen]}
      </p>
      {changed && (
        <Field label="Why?" required={false} hint="Your words go into every later prompt of the classifier.">
          {(control) => <Textarea {...control} name="words" rows={2} maxLength={1000} />}
        </Field>
      )}
      {beingRead ? (
        <p className="text-xs text-muted-foreground">
          It is being read right now. You can still file it yourself.
        </p>
      ) : null}
      {settled ? (
        <p className="text-xs text-muted-foreground">
          It is filed so. Choose another category to change that.
        </p>
      ) : (
        <SubmitButton variant={changed ? "default" : "outline"} pending={pending}>
          {changed ? "File as" : "Confirm:"} {categoryWord(chosen)} <Kbd aria-hidden="true">f</Kbd>
        </SubmitButton>
      )}
    </form>
  );
}
