"use client";

import { useState } from "react";
import { ReasonDialog } from "@/components/shell/reason-dialog";
import { Button } from "@/components/ui/button";

type DismissButtonProps = {
  /** What is not wanted: "this contact". */
  what: string;
  description: string;
  pending: boolean;
  onDismiss: (reason: string) => void;
};

/** Says no, with a reason. */
export function DismissButton({ what, description, pending, onDismiss }: DismissButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="outline" disabled={pending} onClick={() => setOpen(true)}>
        Not {what}…
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title={`Not ${what}?`}
        description={description}
        label="Why not?"
        missing="Say why not."
        cancel="Leave it waiting"
        submit="Dismiss the proposal"
        onSubmit={(reason) => {
          setOpen(false);
          onDismiss(reason);
        }}
      />
    </>
  );
}
