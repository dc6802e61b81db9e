"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { toast } from "@/components/ui/sonner";
import type { FieldProblem } from "@/lib/criteria/check-criteria";

export type StartSearch = (input: {
  criteria: unknown;
  source: "form" | "file";
}) => Promise<
  | { readonly ok: true; readonly value: { readonly id: string } }
  | { readonly ok: false; readonly message: string; readonly fields?: readonly FieldProblem[] }
>;

type Handlers = { onStarted?: () => void; onRefused: (problems: readonly FieldProblem[]) => void };

/** Starts a search and goes to its page; what the server refuses goes back to the fields. */
export function useStart(start: StartSearch) {
  const router = useRouter();
  const [pending, begin] = useTransition();
  function run(criteria: unknown, source: "form" | "file", { onStarted, onRefused }: Handlers) {
    begin(async () => {
      try {
        const answer = await start({ criteria, source });
        if (answer.ok) {
          onStarted?.();
          router.push(`/searches/${answer.value.id}`);
        } else {
          toast.error("The search was not started.", { description: answer.message });
          onRefused(answer.fields ?? []);
        }
      } catch {
        // The request itself failed: nothing is lost, the form still holds everything.
        toast.error("The search was not started.", {
          description: "The console could not reach the server. What you typed is kept; try again.",
        });
      }
    });
  }
  return { pending, run };
}
