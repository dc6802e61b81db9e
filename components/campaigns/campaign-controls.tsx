"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/shell/confirm-dialog";
import { type Answer, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/sonner";

interface CampaignControlsProps {
  readonly id: string;
  readonly status: string;
  readonly scheduled: number;
  readonly onSetStatus: (input: {
    id: string;
    to: "active" | "paused" | "stopped";
    reason?: string;
  }) => Promise<Answer>;
}

/** Pause, resume and stop, each with its reason. Stopping asks first: it cannot be undone. */
export function CampaignControls({ id, status, scheduled, onSetStatus }: CampaignControlsProps) {
  const [asking, setAsking] = useState<"paused" | "stopped">();
  const [reason, setReason] = useState("");
  const { pending, act } = useAct();
  const close = () => {
    setAsking(undefined);
    setReason("");
  };
  const setStatus = (to: "active" | "paused" | "stopped") =>
    act(
      "The campaign goes on as it was.",
      () => onSetStatus({ id, to, reason: reason.trim() || undefined }),
      close,
      (problem) => {
        close();
        toast.error(problem);
      },
    );
  if (status !== "active" && status !== "paused") return null;
  return (
    <>
      {status === "active" ? (
        <Button variant="outline" onClick={() => setAsking("paused")} disabled={pending}>
          Pause
        </Button>
      ) : (
        <Button onClick={() => setStatus("active")} disabled={pending} aria-busy={pending}>
          Resume
        </Button>
      )}
      <Button variant="outline" onClick={() => setAsking("stopped")} disabled={pending}>
        Stop for good
      </Button>
      <ConfirmDialog
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={asking === "stopped" ? "Stop this campaign for good?" : "Pause this campaign?"}
        description={
          asking === "stopped"
            ? `${scheduled.toLocaleString("en-US")} scheduled mails are cancelled. This cannot be undone.`
            : "Nothing leaves until you resume. Mails that fall due meanwhile leave afterwards, spaced as planned."
        }
        cancel="Keep it running"
        confirm={
          asking === "stopped" ? `Stop and cancel ${scheduled.toLocaleString("en-US")} mails` : "Pause"
        }
        onConfirm={() => asking && setStatus(asking)}
      >
        <Field label="Why" required={false}>
          {(control) => (
            <Input {...control} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      </ConfirmDialog>
    </>
  );
}
