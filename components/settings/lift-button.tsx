"use client";

import { useState } from "react";
import { ReasonDialog } from "@/components/shell/reason-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type LiftButtonProps = {
  id: string;
  value: string;
  source: string;
  onLift: Action<{ id: string; reason: string }>;
};

const WARNINGS: Record<string, string> = {
  opt_out:
    "This person asked for no more mail. Lift it only if they asked to be mailed again; their do-not-contact mark stays until it is taken off the contact.",
  complaint:
    "This person reported your mail as spam. Lift it only if they asked to be mailed again; their do-not-contact mark stays.",
  bounce: "Mail to it came back as undeliverable. Lift it only if you know that the address works now.",
};

/** Lets an address or domain be mailed again, after asking why. */
export function LiftButton({ id, value, source, onLift }: LiftButtonProps) {
  const { pending, act } = useAct();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="ghost" size="sm" disabled={pending} onClick={() => setAsking(true)}>
        Lift<span className="sr-only"> the exclusion of {value}</span>
      </Button>
      <ReasonDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Let ${value} be mailed again?`}
        description={`${WARNINGS[source] ?? "It was excluded by hand."} Nothing that was cancelled starts again by itself.`}
        label="Why may it be mailed again?"
        hint="Kept in the audit log with your name."
        missing="Say why this may be mailed again."
        cancel="Keep it excluded"
        submit="Lift the exclusion"
        destructive
        onSubmit={(reason) => {
          setAsking(false);
          act(
            "The exclusion stays.",
            () => onLift({ id, reason }),
            () => toast.success(`${value} may be mailed again.`),
          );
        }}
      />
    </>
  );
}
