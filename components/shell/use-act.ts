"use client";

import { unstable_rethrow } from "next/navigation";
import { useTransition } from "react";
import { toast } from "@/components/ui/sonner";

/** What a server action answers: a value, or one sentence and the fields it is about. */
export type Answer<Value = unknown> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly message: string;
      readonly fields: readonly { readonly path: string; readonly message: string }[];
    };

/** A server action as a component takes it. */
export type Action<Input, Value = unknown> = (input: Input) => Promise<Answer<Value>>;

/** An action's answer, whatever happened: when the request itself failed, the server is away or the connection is. */
export async function answerOf<Value>(run: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
  try {
    return await run();
  } catch (error) {
    // Next redirects by throwing in the client too.
    unstable_rethrow(error);
    return {
      ok: false,
      message: "The console could not reach the server. Nothing was changed; try again.",
      fields: [],
    };
  }
}

/**
 * Runs a server action and says what went wrong. `then` gets the action's value; `title` heads the problem where nothing
 * else shows it: "The mail was not filed."
 */
export function useAct() {
  const [pending, start] = useTransition();
  function act<Value>(
    title: string,
    run: () => Promise<Answer<Value>>,
    then?: (value: Value) => void,
    onProblem: (message: string) => void = (description) => toast.error(title, { description }),
  ): void {
    start(async () => {
      const answer = await answerOf(run);
      if (answer.ok) then?.(answer.value);
      else onProblem(answer.message);
    });
  }
  return { pending, act };
}
