"use client";

import { CopyIcon } from "lucide-react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";
import type { RelayClaim } from "@/lib/mailbox/relay/list-relays";

type MailboxClaimsProps = {
  mailbox: { id: string; address: string };
  /** The relay it sends through */
  servedBy: string;
  claims: readonly RelayClaim[];
  onMove: Action<{ mailboxId: string; relayId: string }>;
};

/** Other relays that have the mailbox too. It stays where it is until a person says otherwise. */
export function MailboxClaims({ mailbox, servedBy, claims, onMove }: MailboxClaimsProps) {
  const { pending, act } = useAct();
  return (
    <Alert variant="attention">
      <CopyIcon aria-hidden="true" />
      <AlertTitle>More than one relay has this mailbox</AlertTitle>
      <AlertDescription>
        <p>It sends through {servedBy} until you choose another.</p>
        {claims.map((claim) => (
          <div key={claim.relayId} className="flex w-full min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <Button
              variant="outline"
              size="sm"
              className="h-auto min-h-8 max-w-full shrink text-left break-words whitespace-normal touch:min-h-11"
              disabled={pending}
              onClick={() =>
                act(
                  "The mailbox stays where it is.",
                  () => onMove({ mailboxId: mailbox.id, relayId: claim.relayId }),
                  () =>
                    toast.success(`${mailbox.address} sends through ${claim.label} from the next mail on.`),
                )
              }
            >
              Send through {claim.label}
            </Button>
            <span className="text-muted-foreground">
              {claim.quiet ? "quiet, last seen " : "seen "}
              <Time iso={claim.lastSeenAt} />
            </span>
          </div>
        ))}
      </AlertDescription>
    </Alert>
  );
}
