import { Refused } from "./refused";

/** Reads a request's body as text and stops at `maxBytes`, whatever its headers promised. @throws {Refused} 413 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () =>
    new Refused(`The body is larger than ${Math.round(maxBytes / 1024)} kB; this is not the right file.`, {
      status: 413,
    });
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the body, so that nobody goes on sending what is not read.
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
