"use client";

import { CircleStopIcon, PlayIcon, SendIcon } from "lucide-react";
import { useOptimistic, useState, useTransition } from "react";
import { type Answer, answerOf } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";
import { StopSendingDialog } from "./stop-sending-dialog";

export type KillSwitchState = {
  pulled: boolean;
  reason?: string | null;
  /** Who stopped or resumed last, and when (ISO). */
  changedBy?: string | null;
  changedAt?: string | null;
};

type KillSwitchProps = {
  state: KillSwitchState;
  /** Server actions. They may throw, or answer `{ error }`; both are shown and the switch goes back. */
  onPull: (reason: string) => Promise<Answer>;
  onRelease: () => Promise<Answer>;
};

/** Stops every mail from every mailbox, after asking why; one press resumes. Shows the new state at once. */
export function KillSwitch({ state, onPull, onRelease }: KillSwitchProps) {
  const [shown, showAs] = useOptimistic(state);
  const [pending, start] = useTransition();
  const [asking, setAsking] = useState(false);

  function change(next: KillSwitchState, act: () => Promise<Answer>) {
    setAsking(false);
    start(async () => {
      showAs(next);
      const answer = await answerOf(act);
      if (!answer.ok)
        toast.error(next.pulled ? "Sending was not stopped." : "Sending was not resumed.", {
          description: answer.message,
        });
    });
  }

  if (shown.pulled)
    return (
      <StoppedNotice state={shown} pending={pending} onResume={() => change({ pulled: false }, onRelease)} />
    );
  return (
    <>
      <Button variant="outline" size="sm" aria-busy={pending} onClick={() => setAsking(true)}>
        <SendIcon className="text-positive" />
        Sending on
        <span className="sr-only">. Stop sending</span>
      </Button>
      <StopSendingDialog
        open={asking}
        onOpenChange={setAsking}
        onStop={(reason) => change({ pulled: true, reason, changedBy: "you" }, () => onPull(reason))}
      />
    </>
  );
}

/** On a phone it takes a row of its own below the header. */
function StoppedNotice(props: { state: KillSwitchState; pending: boolean; onResume: () => void }) {
  const { reason, changedBy, changedAt } = props.state;
  return (
    <div
      role="status"
      className="flex min-w-0 items-center gap-3 rounded-md border border-danger-line bg-danger-soft py-0.5 pr-0.5 pl-3 text-danger max-md:order-last max-md:-mx-4 max-md:basis-[calc(100%+2rem)] max-md:rounded-none max-md:border-x-0 max-md:px-4 max-md:py-1.5"
    >
      <CircleStopIcon aria-hidden="true" className="size-4 shrink-0" />
      <p className="min-w-0 max-md:line-clamp-3 max-md:text-xs md:truncate" title={reason ?? undefined}>
        <span className="font-semibold">Sending stopped{changedBy && ` by ${changedBy}`}</span>
        {reason && `: ${reason}`}
        {changedAt && (
          <>
            {" · "}
            <Time iso={changedAt} />
          </>
        )}
      </p>
      <Button
        variant="outline"
        size="sm"
        className="ml-auto text-foreground"
        disabled={props.pending}
        aria-busy={props.pending}
        onClick={props.onResume}
      >
        <PlayIcon /> Resume<span className="-ml-0.5 max-md:sr-only"> sending</span>
      </Button>
    </div>
  );
}
