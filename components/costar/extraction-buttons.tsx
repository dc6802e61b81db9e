"use client";

import { RotateCcwIcon, SquareIcon } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "@/components/shell/confirm-dialog";
import { type Answer, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type ExtractionButtonsProps = {
  extractionId: string;
  /** Only a stopped extraction can be tried again. */
  canRetry: boolean;
  onAnswer: (input: {
    extractionId: string;
    answer: "retry" | "cancel";
  }) => Promise<Answer<{ answered: boolean }>>;
};

/** Goes on with a stopped extraction, or gives an open one up. */
export function ExtractionButtons({ extractionId, canRetry, onAnswer }: ExtractionButtonsProps) {
  const { pending, act } = useAct();
  const [asking, setAsking] = useState(false);
  const answer = (word: "retry" | "cancel", title: string) =>
    act(
      title,
      () => onAnswer({ extractionId, answer: word }),
      ({ answered }) => {
        if (!answered) toast("The extraction has moved on meanwhile; nothing was changed.");
      },
    );
  return (
    <div className="flex flex-wrap gap-2 max-sm:[&>*]:flex-1">
      {canRetry && (
        <Button disabled={pending} onClick={() => answer("retry", "The extraction was not started again.")}>
          <RotateCcwIcon /> Try again
        </Button>
      )}
      <Button variant="outline" disabled={pending} onClick={() => setAsking(true)}>
        <SquareIcon /> Cancel extraction
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Cancel the extraction?"
        description="It stops after the request under way, and the search ends without a campaign. What was found is kept, and you can duplicate the search later."
        cancel="Keep extracting"
        confirm="Cancel extraction"
        onConfirm={() => answer("cancel", "The extraction was not cancelled.")}
      />
    </div>
  );
}
