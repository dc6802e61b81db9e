import { describe, expect, test } from "vitest";
import { mailFromFields } from "@/lib/mail-rules/mail-from-fields";
import { parseMail } from "@/lib/mail-rules/parse-mail";

const MAIL = [
  "From owner@example.com Mon Mar  2 15:00:00 2026",
  "From: =?utf-8?q?Jos=C3=A9?= <owner@example.com>",
  'To: "Desk, The" <desk@example.org>, Second <second@example.org>',
  "Cc: team: a@example.com, b@example.com;",
  "Subject: =?utf-8?b?UmU6IDEyIE1haW4g4oCUIFN0cmVldA==?=",
  "Message-ID: <reply-1@example.com>",
  "In-Reply-To: <sent-1@example.org>",
  "References: <first@example.org>",
  " <sent-1@example.org>",
  "Date: Mon, 02 Mar 2026 10:00:00 -0500",
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain; charset=iso-8859-1",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "Gr=FC=DFe",
  "--b",
  "Content-Type: application/pdf; name=rent-roll.pdf",
  "Content-Disposition: attachment; filename=rent-roll.pdf",
  "Content-Transfer-Encoding: base64",
  "",
  "AAECAw==",
  "--b--",
].join("\r\n");

describe("a mail is read once into plain values", () => {
  test("header, thread, body and attachments", async () => {
    const mail = await parseMail(MAIL);
    expect(mail).toMatchObject({
      messageId: "<reply-1@example.com>",
      inReplyTo: "<sent-1@example.org>",
      references: ["<first@example.org>", "<sent-1@example.org>"],
      from: { address: "owner@example.com", name: "José" },
      to: [{ address: "desk@example.org" }, { address: "second@example.org" }],
      cc: [{ address: "a@example.com" }, { address: "b@example.com" }],
      subject: "Re: 12 Main — Street",
      date: "2026-03-02T15:00:00.000Z",
      attachments: [{ filename: "rent-roll.pdf", mimeType: "application/pdf", sizeBytes: 4 }],
      problems: [],
    });
    expect(mail.text.trim()).toBe("Grüße");
    expect(mail.headers[0]?.name).toBe("from");
  });

  test("bytes and text of the same mail are the same mail", async () => {
    expect(await parseMail(new TextEncoder().encode(MAIL))).toEqual(await parseMail(MAIL));
  });

  test("a mail Outlook hands over in fields is the same value, from its transport header", () => {
    const mail = mailFromFields({
      headersText:
        "Microsoft Mail Internet Headers Version 2.0\r\nFrom: Owner <owner@example.com>\r\nMessage-ID: <r@example.com>\r\nReferences: <a@b>\r\n\t<c@d>\r\nDate: Mon, 02 Mar 2026 10:00:00 -0500\r\n\r\n",
      subject: "Re: 12 Main",
      text: "Yes",
      messageClass: "IPM.Note",
    });
    expect(mail).toMatchObject({
      messageId: "<r@example.com>",
      references: ["<a@b>", "<c@d>"],
      from: { address: "owner@example.com", name: "Owner" },
      date: "2026-03-02T15:00:00.000Z",
      problems: [],
    });
  });

  test("an attachment of 10 MB keeps its size", async () => {
    const data = Buffer.alloc(10 * 1024 * 1024, 7);
    const lines = data.toString("base64").replace(/.{76}/g, "$&\r\n");
    const mail = await parseMail(MAIL.replace("AAECAw==", lines));
    expect(mail.attachments[0]?.sizeBytes).toBe(data.length);
    expect(mail.text.trim()).toBe("Grüße");
  });

  test("a report body Outlook decoded as UTF-16 is readable again", () => {
    const words = "Delivery has failed to these recipients: a@example.com, mailbox full!";
    let wide = "";
    for (let at = 0; at < words.length; at += 2)
      wide += String.fromCharCode(words.charCodeAt(at) | (words.charCodeAt(at + 1) << 8));
    expect(mailFromFields({ text: wide, messageClass: "REPORT.IPM.Note.NDR" }).text).toContain(
      "Delivery has failed to these recipients",
    );
  });
});
