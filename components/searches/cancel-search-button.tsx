"use client";

import { BanIcon } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { useAct } from "@/components/page/use-act";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { toast } from "@/components/ui/sonner";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

type Answer = { ok: true; value: { cancelled: boolean } } | { ok: false; message: string };

type CancelSearchButtonProps = {
  searchId: string;
  /** What cancelling does in the search's present status. */
  effect: string;
  onCancel: (input: { searchId: string; reason: string }) => Promise<Answer>;
};

/** Says what cancelling does, asks why, and ends the search. */
export function CancelSearchButton({ searchId, effect, onCancel }: CancelSearchButtonProps) {
  const [open, setOpen] = useState(false);
  const [missing, setMissing] = useState(false);
  const { pending, act } = useAct();

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    setMissing(!reason);
    if (!reason) return event.currentTarget.querySelector("textarea")?.focus();
    act(
      "The search was not cancelled.",
      () => onCancel({ searchId, reason }),
      ({ cancelled }) => {
        setOpen(false);
        toast(cancelled ? "The search is cancelled." : "The search had already ended.");
      },
    );
  }

  return (
    <AlertDialog open={open} onOpenChange={setOpen}>
      <AlertDialogTrigger asChild>
        <Button variant="outline">
          <BanIcon /> Cancel search
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <form onSubmit={submit} className="grid gap-4" noValidate>
          <AlertDialogHeader>
            <AlertDialogTitle>Cancel this search?</AlertDialogTitle>
            <AlertDialogDescription>{effect}</AlertDialogDescription>
          </AlertDialogHeader>
          <Field
            label="Why?"
            hint="Kept in the search's timeline."
            error={missing ? "Say why the search is cancelled." : undefined}
            required
          >
            {(control) => <Textarea {...control} name="reason" rows={2} maxLength={500} />}
          </Field>
          <AlertDialogFooter>
            <AlertDialogCancel disabled={pending}>Keep the search</AlertDialogCancel>
            <SubmitButton variant="destructive" pending={pending}>
              Cancel search
            </SubmitButton>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}
