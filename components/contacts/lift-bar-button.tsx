"use client";

import { useState } from "react";
import { ReasonDialog } from "@/components/shell/reason-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type LiftBarButtonProps = {
  kind: "contact" | "company";
  id: string;
  name: string;
  onLift: Action<{ kind: "contact" | "company"; id: string; reason: string }>;
};

/** Takes a do-not-contact mark off, after asking why. Shown to admins. */
export function LiftBarButton({ kind, id, name, onLift }: LiftBarButtonProps) {
  const { pending, act } = useAct();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="outline" size="sm" disabled={pending} onClick={() => setAsking(true)}>
        {kind === "company" ? "Let the company be contacted again" : "Let them be contacted again"}
      </Button>
      <ReasonDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Let ${name} be contacted again?`}
        description="Somebody there said never. Do this only when they asked to hear from you. An excluded address stays excluded until it is lifted in Settings, and nothing that was cancelled starts again by itself."
        label="Why may they be contacted again?"
        hint="Kept in the audit log with your name."
        missing="Say why they may be contacted again."
        cancel="Leave it as it is"
        submit="Let them be contacted"
        destructive
        onSubmit={(reason) => {
          setAsking(false);
          act(
            "The mark stays.",
            () => onLift({ kind, id, reason }),
            () => toast.success(`${name} may be contacted again.`),
          );
        }}
      />
    </>
  );
}
