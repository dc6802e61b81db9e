"use client";

import { useTransition } from "react";
import { readProblem } from "@/components/shell/read-problem";
import { toast } from "@/components/ui/sonner";

/** What a server action answers. */
type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string };

/** A server action as a component takes it. */
export type Action<Input, Value = unknown> = (input: Input) => Promise<Answer<Value>>;

/**
 * Runs a server action and says what went wrong. `act` resolves with the action's value, or undefined after a problem
 * was shown; `title` heads that problem: "The mail was not filed."
 */
export function useAct() {
  const [pending, start] = useTransition();
  function act<Value>(title: string, run: () => Promise<Answer<Value>>, then?: (value: Value) => void): void {
    start(async () => {
      try {
        const answer = await run();
        const problem = readProblem(answer);
        if (answer.ok) then?.(answer.value);
        else toast.error(title, { description: problem ?? "Try again." });
      } catch {
        // The request itself failed: the server is away or the connection is.
        toast.error(title, { description: "The console could not reach the server. Try again." });
      }
    });
  }
  return { pending, act };
}
