"use client";

import { RotateCwIcon } from "lucide-react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";

type Tried = { readonly answered: boolean; readonly why: string };

interface AgentsPausedProps {
  readonly pause: {
    readonly probing: boolean;
    readonly message: string;
    readonly since: string;
    readonly retryAt: string;
  };
  readonly onTry: Action<Record<string, never>, Tried>;
}

/** Says that agents are paused, why, what waits, and when they are tried again; lets a person have them tried now. */
export function AgentsPaused({ pause, onTry }: AgentsPausedProps) {
  const { pending, act } = useAct();
  const tryNow = () =>
    act(
      "The agents were not tried.",
      () => onTry({}),
      ({ answered, why }) =>
        answered
          ? toast.success("The agents answer again. What waited goes on.")
          : toast.error("Still no answer.", { description: why }),
    );
  return (
    <Alert variant="attention" className="mb-4">
      <AlertTitle>Agents are paused</AlertTitle>
      <AlertDescription>
        <p>{pause.message}</p>
        <p>
          Paused <Time iso={pause.since} />. Searches wait where they are; replies that rules cannot decide
          wait up to half an hour, then come to you. Mail goes on being sent.
        </p>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button variant="outline" size="sm" disabled={pending || pause.probing} onClick={tryNow}>
            <RotateCwIcon /> {pending ? "Asking…" : "Try now"}
          </Button>
          <span className="text-xs text-muted-foreground">
            {pause.probing ? (
              "Being tried at this moment."
            ) : (
              <>
                Tried again by itself at <Time iso={pause.retryAt} show="absolute" />.
              </>
            )}
          </span>
        </div>
      </AlertDescription>
    </Alert>
  );
}
