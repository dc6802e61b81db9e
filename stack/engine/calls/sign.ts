import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** JSON with sorted keys (RFC 8785), the form both sides sign. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

const withoutPrefix = (key: string): string => key.replace(/^signkey-\w+-/, "");

/** Value of `x-inngest-signature` for a body that is canonical JSON. */
export function signature(signingKey: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1_000);
  const digest = createHmac("sha256", withoutPrefix(signingKey))
    .update(body + String(seconds))
    .digest("hex");
  return `t=${seconds}&s=${digest}`;
}

/** Whether an `authorization` header carries the signing key, plain or as the SDK sends it: hashed. */
export function isAuthorized(header: string | undefined, signingKey: string): boolean {
  const token = /^Bearer (.+)$/.exec(header ?? "")?.[1];
  if (token === undefined) return false;
  const key = withoutPrefix(signingKey);
  const hashed = createHash("sha256").update(Buffer.from(key, "hex")).digest("hex");
  return isSame(withoutPrefix(token), key) || isSame(withoutPrefix(token), hashed);
}

function isSame(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
