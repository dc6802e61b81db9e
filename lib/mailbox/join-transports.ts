import { MailboxError } from "./mailbox-error";
import type { HostInfo, HostMailbox, MailTransport } from "./transport";

/** One transport of this machine, and which addresses are its own. */
export interface LocalTransport {
  readonly name: string;
  readonly transport: MailTransport;
  readonly owns: (address: string) => boolean;
}

/**
 * Several transports as one: each mailbox is served by the first that owns it. One that is down does not take the others
 * with it; only when none answers is that an error.
 */
export function joinTransports(parts: readonly LocalTransport[]): MailTransport {
  const serving = (address: string): MailTransport => {
    const part = parts.find((one) => one.owns(address.toLowerCase()));
    if (part) return part.transport;
    throw new MailboxError(`This relay has no account ${address}.`, true, { kind: "unknown-mailbox" });
  };
  return {
    ping: () => pingAll(parts),
    send: async (mail) => serving(mail.account).send(mail),
    find: async (account, key) => serving(account).find(account, key),
    list: async (account, ...rest) => serving(account).list(account, ...rest),
    watch: (account, onMail) => serving(account).watch?.(account, onMail) ?? (() => undefined),
  };
}

async function pingAll(parts: readonly LocalTransport[]): Promise<HostInfo> {
  const answers = await Promise.allSettled(parts.map((part) => part.transport.ping()));
  const failures = answers.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  const infos = answers.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  if (infos.length === 0)
    throw failures[0] ?? new MailboxError("This relay has no mailbox.", true, { kind: "unknown-mailbox" });
  const mailboxes = parts.flatMap((part, index) => {
    const answer = answers[index];
    return answer?.status === "fulfilled"
      ? mailboxesOf(part.name, answer.value).filter(
          (one) => parts.find((other) => other.owns(one.address)) === part,
        )
      : [];
  });
  return {
    product: infos.map((one) => one.product).join(" and "),
    version: infos.length === 1 ? (infos[0]?.version ?? "") : "",
    standIn: infos.some((one) => one.standIn),
    accounts: mailboxes.map((one) => one.address),
    mailboxes,
  };
}

/** A host's accounts one by one, as of a transport by that name. */
export function mailboxesOf(name: string, info: HostInfo): HostMailbox[] {
  const { product, version, standIn } = info;
  const each =
    info.mailboxes ??
    info.accounts.map((address) => ({ address, transport: name, product, version, standIn }));
  return each.map((one) => ({ ...one, address: one.address.toLowerCase() }));
}
