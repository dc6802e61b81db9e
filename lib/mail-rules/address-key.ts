/** Domains of one and the same mailbox provider, and whether it ignores dots in the local part. */
const SAME_PROVIDER: Readonly<Record<string, string>> = { "googlemail.com": "gmail.com" };

/**
 * What two spellings of one mailbox share: lower case, no `+tag`, no dots at Gmail, googlemail.com as gmail.com. For comparing,
 * never for mailing. `""` for a text that is no address.
 */
export function addressKey(address: string): string {
  const written = address.trim().toLowerCase();
  const at = written.lastIndexOf("@");
  if (at < 1 || at === written.length - 1) return "";
  const host = written.slice(at + 1).replace(/\.$/, "");
  const domain = SAME_PROVIDER[host] ?? host;
  const local = written.slice(0, at).replace(/(?<=.)\+.*$/, "");
  return `${domain === "gmail.com" ? local.replaceAll(".", "") : local}@${domain}`;
}

/** Whether two addresses are one mailbox. */
export function isSameMailbox(one: string, other: string): boolean {
  const key = addressKey(one);
  return key !== "" && key === addressKey(other);
}

/** Whether an excluded domain ("acme.com") bars an address: its own and those of its subdomains. */
export function coversAddress(domain: string, address: string): boolean {
  const host = addressKey(address).split("@")[1] ?? "";
  const barred = domain.trim().toLowerCase().replace(/^@/, "").replace(/\.$/, "");
  return barred !== "" && (host === barred || host.endsWith(`.${barred}`));
}
