import { KeyValueList } from "@/components/shell/key-value-list";
import { formatCount } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import type { FolderHealth } from "@/lib/mailbox/list-folder-health";
import type { MailboxState } from "@/lib/mailbox/mailboxes";
import type { RelayState } from "@/lib/mailbox/relay/list-relays";
import { sayClockOffset } from "@/lib/mailbox/relay/say-relay";
import { MailboxReading } from "./mailbox-card-reading";

type MailboxFactsProps = {
  mailbox: MailboxState;
  relay: RelayState | undefined;
  folders: readonly FolderHealth[];
};

const TRANSPORTS: Readonly<Record<string, string>> = { outlook: "Outlook", smtp: "SMTP and IMAP" };

/** What sends the mailbox's mail, how reading it goes, and how much of its limits is used. */
export function MailboxFacts({ mailbox, relay, folders }: MailboxFactsProps) {
  const clock = sayClockOffset(relay?.clockOffsetMs ?? null);
  return (
    <KeyValueList
      items={[
        { key: "Sends with", value: sayProgram(mailbox) },
        {
          key: "Relay",
          value: relay
            ? [relay.label, relay.version && `version ${relay.version}`].filter(Boolean).join(", ")
            : null,
        },
        ...(clock ? [{ key: "Relay's clock", value: <span className="text-attention">{clock}</span> }] : []),
        { key: "Last seen", value: <Time iso={mailbox.last_seen_at} show="both" /> },
        { key: "Reading", value: <MailboxReading folders={folders} /> },
        { key: "Last 60 minutes", value: sayUse(mailbox.sentLastHour, mailbox.hourly_limit) },
        { key: "Last 24 hours", value: sayUse(mailbox.sentLastDay, mailbox.dailyLimitToday) },
        ...(mailbox.dailyLimitToday < mailbox.daily_limit
          ? [{ key: "Warm-up", value: sayRamp(mailbox) }]
          : []),
      ]}
    />
  );
}

function sayProgram(mailbox: MailboxState): string {
  const transport = TRANSPORTS[mailbox.transport] ?? mailbox.transport;
  return [mailbox.host_product || transport, mailbox.host_version].filter(Boolean).join(" ");
}

function sayRamp(mailbox: MailboxState): string {
  const step = formatCount(mailbox.ramp_step_per_day ?? 0);
  return `${formatCount(mailbox.dailyLimitToday)} mails today, ${step} more each day up to ${formatCount(mailbox.daily_limit)}`;
}

const sayUse = (used: number, limit: number) => `${formatCount(used)} of ${formatCount(limit)} mails`;
