"use client";

import { CircleStopIcon } from "lucide-react";
import { ReasonDialog } from "@/components/shell/reason-dialog";

type StopSendingDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onStop: (reason: string) => void;
};

/** Says what stopping does, asks why, and stops. */
export function StopSendingDialog({ open, onOpenChange, onStop }: StopSendingDialogProps) {
  return (
    <ReasonDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Stop all sending?"
      description="No mail leaves any mailbox from the next one on. Campaigns and schedules are kept, and replies still come in."
      label="Why?"
      hint="Everyone at the desk sees this beside the switch."
      missing="Say why sending is stopped."
      cancel="Keep sending"
      submit={
        <>
          <CircleStopIcon /> Stop all sending
        </>
      }
      destructive
      onSubmit={onStop}
    />
  );
}
