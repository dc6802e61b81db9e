import type { Action } from "@/components/shell/use-act";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { StatusBadge } from "@/components/words/status-badge";
import type { FolderHealth } from "@/lib/mailbox/list-folder-health";
import type { MailboxLimitsInput } from "@/lib/mailbox/mailbox-limits-input";
import type { MailboxState } from "@/lib/mailbox/mailboxes";
import type { RelayClaim, RelayState } from "@/lib/mailbox/relay/list-relays";
import { MailboxClaims } from "./mailbox-card-claims";
import { MailboxFacts } from "./mailbox-card-facts";
import { MailboxLimits } from "./mailbox-card-limits";
import { MailboxQuiet } from "./mailbox-card-quiet";
import { MailboxSwitch } from "./mailbox-card-switch";

type MailboxCardProps = {
  mailbox: MailboxState;
  /** The relay it sends through */
  relay: RelayState | undefined;
  /** Other relays that have it too */
  claims: readonly RelayClaim[];
  folders: readonly FolderHealth[];
  onPause: Action<{ id: string; reason: string }>;
  onResume: Action<{ id: string }>;
  onSaveLimits: Action<MailboxLimitsInput>;
  onMove: Action<{ mailboxId: string; relayId: string }>;
};

/** One mailbox: whether it sends and is read, what stands in its way, and the switch that pauses it. */
export function MailboxCard({ mailbox, relay, claims, folders, ...actions }: MailboxCardProps) {
  const paused = mailbox.status === "paused";
  const quiet = relay?.quiet ?? false;
  return (
    <article aria-label={mailbox.address} className="grid content-start gap-4 rounded-lg border bg-card p-4">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-sm break-all">{mailbox.address}</h3>
          {mailbox.display_name && <p className="text-muted-foreground">{mailbox.display_name}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <StatusBadge of="mailbox" status={mailbox.status} />
          <MailboxSwitch
            id={mailbox.id}
            address={mailbox.address}
            paused={paused}
            onPause={actions.onPause}
            onResume={actions.onResume}
          />
        </div>
      </header>
      {paused && mailbox.status_reason && (
        <p className="text-attention">
          {mailbox.auto_paused ? "Paused itself" : "Paused"}: {mailbox.status_reason}
        </p>
      )}
      {quiet && relay && <MailboxQuiet relay={relay} transport={mailbox.transport} />}
      {/* What a quiet relay cannot be asked fails as well: one thing to mend is said once. */}
      {!quiet && mailbox.sync_error && (
        <Alert variant="danger">
          <AlertTitle>The last sync failed</AlertTitle>
          <AlertDescription>
            <p className="break-words">{mailbox.sync_error}</p>
            <p>
              No mail is lost: the next sync, within a minute, goes on from the last mail that was stored.
            </p>
          </AlertDescription>
        </Alert>
      )}
      {claims.length > 0 && (
        <MailboxClaims
          mailbox={mailbox}
          servedBy={relay?.label ?? "its present relay"}
          claims={claims}
          onMove={actions.onMove}
        />
      )}
      <MailboxFacts mailbox={mailbox} relay={relay} folders={folders} />
      <MailboxLimits mailbox={mailbox} onSave={actions.onSaveLimits} />
    </article>
  );
}
