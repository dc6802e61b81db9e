import { cutText } from "@/lib/files/text-limits";
import type { MailAddress, ParsedMail } from "./mail-types";

/**
 * Why a mail may not be from whom it says, as an end of "it could not be verified: …"; null when nothing speaks against it.
 * Reads the top-most `Authentication-Results` (RFC 8601): a receiving server adds its own above those a sender may have written, and
 * nobody forges a failure of his own. `trusted`: the names the receiving server writes there, where they are known ("" for Microsoft
 * 365, which writes none); then only a field of that name counts.
 */
export function findForgery(mail: ParsedMail, trusted: readonly string[] = []): string | null {
  if (mail.otherSenders.length > 0) return "it names several senders";
  const field = mail.headers
    .filter((header) => header.name === "authentication-results")
    .map((header) => cutText(header.value, 4_000))
    .find((value) => trusted.length === 0 || trusted.includes(serverOf(value)));
  if (field === undefined) return null;
  const results = field.replace(/\((?:[^()]|\([^()]*\))*\)/g, " ");
  const result = (method: string) =>
    new RegExp(String.raw`(?:^|[;\s])${method}\s*=\s*([a-z]+)`, "i").exec(results)?.[1]?.toLowerCase() ??
    null;
  const claimed = /header\.from\s*=\s*"?@?([^\s;"]+)/i.exec(results)?.[1]?.toLowerCase().split("@").at(-1);
  if (claimed && mail.from && !isDomainOf(claimed, mail.from))
    return "another sender was checked than it names";
  const dmarc = result("dmarc");
  if (dmarc === "pass" || dmarc === "bestguesspass") return null;
  if (dmarc === "fail" || dmarc === "permerror") return `its sender's domain disowns it (DMARC ${dmarc})`;
  if (result("compauth") === "fail") return "Microsoft 365 took its sender for forged (compauth fail)";
  const dkim = [...results.matchAll(/(?:^|[;\s])dkim\s*=\s*([a-z]+)/gi)].map((match) =>
    match[1]?.toLowerCase(),
  );
  if (dkim.includes("fail") && !dkim.includes("pass") && result("spf") !== "pass")
    return "its signature is broken (DKIM fail)";
  return null;
}

/** The name before the first result; "" where the field begins with a result, as Microsoft 365 writes it. */
function serverOf(value: string): string {
  const first = value.split(";")[0]?.trim() ?? "";
  return first.includes("=") ? "" : (first.split(/\s/)[0]?.toLowerCase() ?? "");
}

function isDomainOf(claimed: string, from: MailAddress): boolean {
  const host = from.address.toLowerCase().split("@").at(-1) ?? "";
  return host === claimed || host.endsWith(`.${claimed}`) || claimed.endsWith(`.${host}`);
}
