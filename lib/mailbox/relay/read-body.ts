import { RelayRefusal } from "./relay-refusal";

/** A mail of 200,000 characters fits, whatever its script; nothing else the relay takes is larger. */
export const MAX_BODY_BYTES = 1_000_000;

/**
 * Reads a request's body and stops at the limit, whatever its headers promised.
 * @throws {RelayRefusal} 413
 */
export async function readBody(request: Request, limit = MAX_BODY_BYTES): Promise<string> {
  const tooLarge = () =>
    new RelayRefusal(413, "The request is larger than the relay takes (1 MB).", "invalid");
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
