"use client";

import { RotateCcwIcon } from "lucide-react";
import { type Answer, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type RetrySearchButtonProps = { searchId: string; onRetry: (searchId: string) => Promise<Answer> };

/** Goes on with a failed search where it stopped. */
export function RetrySearchButton({ searchId, onRetry }: RetrySearchButtonProps) {
  const { pending, act } = useAct();
  return (
    <Button
      disabled={pending}
      onClick={() =>
        act(
          "The search was not tried again.",
          () => onRetry(searchId),
          () => toast("The search goes on where it stopped; this page follows."),
        )
      }
    >
      <RotateCcwIcon /> Try again
    </Button>
  );
}
