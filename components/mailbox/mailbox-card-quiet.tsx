import { PlugZapIcon } from "lucide-react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Time } from "@/components/words/time";
import type { RelayState } from "@/lib/mailbox/relay/list-relays";

/** A relay that is quiet: since when, that nothing is lost, and what to do about it. */
export function MailboxQuiet({ relay, transport }: { relay: RelayState; transport: string }) {
  return (
    <Alert variant="attention">
      <PlugZapIcon aria-hidden="true" />
      <AlertTitle>
        {relay.lastSeenAt ? (
          <>
            Its relay is quiet, last seen <Time iso={relay.lastSeenAt} />
          </>
        ) : (
          "Its relay has not been seen yet"
        )}
      </AlertTitle>
      <AlertDescription>
        <p>
          Its mails wait, and leave when the relay is back. None is lost, and none moves to another mailbox.
        </p>
        <p>
          {relay.url
            ? `On ${relay.label}: check that the computer is awake and Upstream runs there as a relay.`
            : "On the computer with the relay: check that it is awake and Upstream runs."}
          {transport === "outlook" && " Classic Outlook must be open, in the same Windows session."}
        </p>
      </AlertDescription>
    </Alert>
  );
}
