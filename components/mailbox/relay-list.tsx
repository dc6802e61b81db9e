import { CircleCheckIcon, CircleXIcon, PlugZapIcon } from "lucide-react";
import type { Action } from "@/components/shell/use-act";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/words/time";
import type { RelayState } from "@/lib/mailbox/relay/list-relays";
import { sayClockOffset } from "@/lib/mailbox/relay/say-relay";
import { ForgetRelayButton } from "./forget-relay-button";

/** Every relay that ever reported: whether it is there, since when not, and why it is not let in. */
export function RelayList({
  relays,
  onForget,
}: {
  relays: readonly RelayState[];
  onForget: Action<{ relayId: string }>;
}) {
  return (
    <ul className="overflow-hidden rounded-lg border bg-card">
      {relays.map((relay) => (
        <li
          key={relay.id}
          className="flex flex-wrap items-start justify-between sm:flex-nowrap gap-x-6 gap-y-2 border-b px-4 py-3 last:border-0"
        >
          <div className="grid min-w-0 gap-1">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-semibold break-all">{relay.label}</span>
              <RelayBadge relay={relay} />
            </p>
            <p className="text-muted-foreground">
              {relay.lastSeenAt ? (
                <>
                  Last seen <Time iso={relay.lastSeenAt} />
                </>
              ) : (
                "Never let in"
              )}
              {relay.version && `, version ${relay.version}`}
              {", "}
              {relay.mailboxes.length > 0
                ? `sends for ${relay.mailboxes.join(", ")}`
                : "sends for no mailbox"}
              .
            </p>
            {relay.problem && (
              <p className="text-danger">
                Refused <Time iso={relay.problemAt} />: {relay.problem}
              </p>
            )}
            {!relay.problem && sayClockOffset(relay.clockOffsetMs) && (
              <p className="text-attention">
                Its clock is {sayClockOffset(relay.clockOffsetMs)}; beyond five minutes it is refused. Set it
                by the network.
              </p>
            )}
          </div>
          {relay.quiet && relay.mailboxes.length === 0 && (
            <ForgetRelayButton id={relay.id} label={relay.label} onForget={onForget} />
          )}
        </li>
      ))}
    </ul>
  );
}

function RelayBadge({ relay }: { relay: RelayState }) {
  if (relay.problem)
    return (
      <Badge variant="danger">
        <CircleXIcon aria-hidden="true" /> Refused
      </Badge>
    );
  if (relay.quiet)
    return (
      <Badge variant="attention">
        <PlugZapIcon aria-hidden="true" /> Quiet
      </Badge>
    );
  return (
    <Badge variant="positive">
      <CircleCheckIcon aria-hidden="true" /> Connected
    </Badge>
  );
}
