"use client";

import { RotateCcwIcon, SquareIcon } from "lucide-react";
import { useAct } from "@/components/page/use-act";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";

type Answer = { ok: true; value: { answered: boolean } } | { ok: false; message: string };

type ExtractionButtonsProps = {
  extractionId: string;
  /** Only a stopped extraction can be tried again. */
  canRetry: boolean;
  onAnswer: (input: { extractionId: string; answer: "retry" | "cancel" }) => Promise<Answer>;
};

/** Goes on with a stopped extraction, or gives an open one up. */
export function ExtractionButtons({ extractionId, canRetry, onAnswer }: ExtractionButtonsProps) {
  const { pending, act } = useAct();
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
      <AlertDialog>
        <AlertDialogTrigger asChild>
          <Button variant="outline" disabled={pending}>
            <SquareIcon /> Cancel extraction
          </Button>
        </AlertDialogTrigger>
        <AlertDialogContent>
          <AlertDialogHeader>
            <AlertDialogTitle>Cancel the extraction?</AlertDialogTitle>
            <AlertDialogDescription>
              It stops after the request under way, and the search ends without a campaign. What was found is
              kept, and you can duplicate the search later.
            </AlertDialogDescription>
          </AlertDialogHeader>
          <AlertDialogFooter>
            <AlertDialogCancel>Keep extracting</AlertDialogCancel>
            <AlertDialogAction onClick={() => answer("cancel", "The extraction was not cancelled.")}>
              Cancel extraction
            </AlertDialogAction>
          </AlertDialogFooter>
        </AlertDialogContent>
      </AlertDialog>
    </div>
  );
}
