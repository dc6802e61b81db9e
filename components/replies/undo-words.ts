import type { Undoable } from "@/lib/replies/undo-routing";

export interface UndoWords {
  /** Names the button; null when there is nothing to press. */
  readonly button: string | null;
  readonly text: string;
  /** What will be taken back, one by one. */
  readonly takesBack: readonly string[];
}

const BACK: readonly [did: RegExp, back: (found: RegExpExecArray) => string][] = [
  [/^excluded (.+)$/, ([, address]) => `${address} may be mailed again`],
  [
    /^sequence (?:stopped|paused|goes on)/,
    () => "the sequence is held again until a person has read the mail",
  ],
  [/^(\w+) task opened$/, ([, kind]) => `the ${kind} task is removed if it is still open`],
  [/^broker stored$/, () => "the stored broker is removed"],
  [
    /^new (contact|search) proposed$/,
    ([, kind]) => `the proposed ${kind} is withdrawn if nobody has decided it`,
  ],
];

/** What "Undo" would take back, in words, or why it is not offered. Null when nothing was done about the mail. */
export function sayUndo(undo: Undoable | null): UndoWords | null {
  if (!undo) return null;
  if (undo.whyNot) {
    const what = undo.did.length === 0 ? "" : "This cannot be undone. ";
    return { button: null, text: `${what}${undo.whyNot}`, takesBack: [] };
  }
  const back = undo.did.flatMap((did) => sayBack(did));
  return {
    button: undo.action === "reply.done" ? "Undo putting it away" : "Undo what was done",
    text: "The mail waits for a person again.",
    takesBack: [...new Set(back)],
  };
}

/** What one thing that was done becomes when it is taken back; a closed task stays closed and is not promised. */
function sayBack(did: string): string[] {
  for (const [pattern, back] of BACK) {
    const found = pattern.exec(did);
    if (found) return [back(found)];
  }
  return [];
}
