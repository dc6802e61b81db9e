"use client";

import { type Action, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type ForgetRelayButtonProps = { id: string; label: string; onForget: Action<{ relayId: string }> };

/** Takes a relay that is gone for good off the list; it shows up again if it ever reports. */
export function ForgetRelayButton({ id, label, onForget }: ForgetRelayButtonProps) {
  const { pending, act } = useAct();
  return (
    <Button
      variant="ghost"
      size="sm"
      disabled={pending}
      onClick={() =>
        act(
          "The relay stays on the list.",
          () => onForget({ relayId: id }),
          () =>
            toast.success(`${label} is off the list.`, { description: "It comes back if it reports again." }),
        )
      }
    >
      Forget<span className="sr-only"> the relay {label}</span>
    </Button>
  );
}
