"use client";

import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";

type SnoozedNoteProps = {
  emailId: string;
  until: string;
  zone: string;
  onSnooze: Action<{ emailId: string; until: string | null }>;
};

/** Says until when a mail is put off, and brings it back. */
export function SnoozedNote({ emailId, until, zone, onSnooze }: SnoozedNoteProps) {
  const { pending, act } = useAct();
  function bringBack() {
    act(
      "The mail was not brought back.",
      () => onSnooze({ emailId, until: null }),
      () => toast.success("It waits again."),
    );
  }
  return (
    <Alert variant="info" className="mb-4">
      <AlertTitle>
        Put off until <Time iso={until} zone={zone} show="absolute" />
      </AlertTitle>
      <AlertDescription>
        <p>It comes back by itself then, or when the same person writes again.</p>
        <Button variant="outline" size="sm" className="mt-2" disabled={pending} onClick={bringBack}>
          Bring it back now
        </Button>
      </AlertDescription>
    </Alert>
  );
}
