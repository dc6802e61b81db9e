import type { CorpusMail } from "./corpus-files";

/** RFC 5322 source of a corpus file. A `body_only` file gets a neutral header of its kind, as its README asks. */
export function toSource({ expected, bytes }: CorpusMail): Uint8Array {
  if (!expected.body_only) return bytes;
  const bounce = expected.kind === "bounce";
  const type = expected.format === "html" ? "text/html" : "text/plain";
  const header = [
    `From: ${bounce ? "MAILER-DAEMON@mail.example.net" : "Owner <owner@example.com>"}`,
    "To: desk@example.org",
    `Subject: ${bounce ? "Undelivered Mail Returned to Sender" : "Re: Your property"}`,
    "Date: Tue, 04 Mar 2025 10:00:00 +0000",
    "MIME-Version: 1.0",
    `Content-Type: ${type}; charset=utf-8`,
    "Content-Transfer-Encoding: 8bit",
    "",
    "",
  ].join("\r\n");
  return Buffer.concat([Buffer.from(header), bytes]);
}
