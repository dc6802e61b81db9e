"use client";

import { BanIcon } from "lucide-react";
import { useState } from "react";
import { ReasonDialog } from "@/components/shell/reason-dialog";
import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type CancelSearchButtonProps = {
  searchId: string;
  /** What cancelling does in the search's present status. */
  effect: string;
  onCancel: Action<{ searchId: string; reason: string }, { cancelled: boolean }>;
};

/** Says what cancelling does, asks why, and ends the search. */
export function CancelSearchButton({ searchId, effect, onCancel }: CancelSearchButtonProps) {
  const [open, setOpen] = useState(false);
  const { pending, act } = useAct();
  const cancel = (reason: string) =>
    act(
      "The search was not cancelled.",
      () => onCancel({ searchId, reason }),
      ({ cancelled }) => {
        setOpen(false);
        toast(cancelled ? "The search is cancelled." : "The search had already ended.");
      },
    );
  return (
    <>
      <Button variant="outline" onClick={() => setOpen(true)}>
        <BanIcon /> Cancel search
      </Button>
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title="Cancel this search?"
        description={effect}
        label="Why?"
        hint="Kept in the search's timeline."
        missing="Say why the search is cancelled."
        cancel="Keep the search"
        submit="Cancel search"
        pending={pending}
        destructive
        onSubmit={cancel}
      />
    </>
  );
}
