"use client";

import { Undo2Icon } from "lucide-react";
import { type Action, useAct } from "@/components/shell/use-act";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";
import type { UndoWords } from "./undo-words";

type UndoPanelProps = {
  emailId: string;
  words: UndoWords;
  until: string;
  onUndo: Action<{ emailId: string }, readonly string[]>;
};

/** Says what undoing takes back and until when, then offers it; or why it is not offered. */
export function UndoPanel({ emailId, words, until, onUndo }: UndoPanelProps) {
  const { pending, act } = useAct();
  const { button, text, takesBack } = words;
  function undo() {
    act(
      "It was not undone.",
      () => onUndo({ emailId }),
      (did) =>
        toast.success("Undone. The mail waits for a person again.", {
          description: did.length > 0 ? `Brought back: ${did.join(", ")}.` : undefined,
        }),
    );
  }
  useShortcuts({ z: { label: button ?? "Undo", run: undo, disabled: pending || !button } });
  if (!button) return <p className="border-b pb-3 text-xs text-muted-foreground">{text}</p>;
  return (
    <div className="grid gap-2 border-b pb-3">
      <div>
        <p>If you undo: {text[0]?.toLowerCase() + text.slice(1)}</p>
        {takesBack.length > 0 && (
          <ul className="list-disc pl-5 break-words">
            {takesBack.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
      </div>
      <Button variant="outline" size="sm" disabled={pending} onClick={undo}>
        <Undo2Icon /> {button} <Kbd aria-hidden="true">z</Kbd>
      </Button>
      <p className="text-xs text-muted-foreground">
        Can be undone until <Time iso={until} show="absolute" />.
      </p>
    </div>
  );
}
