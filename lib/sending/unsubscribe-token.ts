import { createHmac, timingSafeEqual } from "node:crypto";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ID_BYTES = 16;

/** A token that names one send and cannot be made without the secret: base64url of the id and its HMAC-SHA256. */
export function signUnsubscribe(secret: string, sendId: string): string {
  const id = Buffer.from(sendId.replaceAll("-", ""), "hex");
  return Buffer.concat([id, digest(secret, id)]).toString("base64url");
}

/** The send a token names, or null when it was not signed with this secret. Compares in constant time. */
export function readUnsubscribe(secret: string, token: string): string | null {
  // Base64url has one way to write these bytes; a longer text is none of ours and is not even decoded.
  if (!/^[\w-]{64}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const id = bytes.subarray(0, ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), digest(secret, id))) return null;
  const hex = id.toString("hex");
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return UUID.test(uuid) ? uuid : null;
}

function digest(secret: string, id: Buffer): Buffer {
  return createHmac("sha256", secret).update("unsubscribe\n").update(id).digest();
}
