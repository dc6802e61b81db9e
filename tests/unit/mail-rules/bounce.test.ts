import { describe, expect, test } from "vitest";
import { readBodyText } from "@/lib/mail-rules/body-text";
import { type BounceOptions, readBounce } from "@/lib/mail-rules/bounce";
import { mailFromFields } from "@/lib/mail-rules/mail-from-fields";
import { parseMail } from "@/lib/mail-rules/parse-mail";

interface Report {
  final?: string;
  original?: string;
  action?: string;
  status?: string;
  diagnostic?: string;
}

function dsn(report: Report): string {
  const { final = "gone@example.com", action = "failed", status = "5.1.1", diagnostic } = report;
  return [
    "From: MAILER-DAEMON@mx.example.net (Mail Delivery System)",
    "To: desk@example.org",
    "Subject: Undelivered Mail Returned to Sender",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "This is the mail system at host mx.example.net.",
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.net",
    "",
    ...(report.original ? [`Original-Recipient: rfc822;${report.original}`] : []),
    `Final-Recipient: rfc822; ${final}`,
    `Action: ${action}`,
    `Status: ${status}`,
    ...(diagnostic ? [`Diagnostic-Code: smtp; ${diagnostic}`] : []),
    "",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    "From: desk@example.org",
    "To: gone@example.com",
    "Message-ID: <sent-1@example.org>",
    "Subject: 12 Main Street",
    "",
    "--b--",
  ].join("\r\n");
}

function plain(from: string, subject: string, text: string, more = ""): string {
  return `From: ${from}\r\nTo: desk@example.org\r\nSubject: ${subject}\r\n${more}\r\n${text}`;
}

async function read(source: string, options?: BounceOptions) {
  const mail = await parseMail(source);
  return readBounce(mail, readBodyText(mail), options);
}

describe("a failed recipient is the one we mailed", () => {
  test("standard fields give address, status, verdict and our Message-ID", async () => {
    const bounce = await read(dsn({ diagnostic: "550 5.1.1 User unknown" }));
    expect(bounce?.failedRecipients).toMatchObject([
      { address: "gone@example.com", status: "5.1.1", verdict: "hard" },
    ]);
    expect(bounce?.originalMessageId).toBe("<sent-1@example.org>");
    expect(bounce?.why).toContain("gone@example.com failed: hard");
  });

  test("a forwarded address is traced to the one we mailed", async () => {
    const source = dsn({ final: "inner@host.example", original: "gone@example.com" });
    expect((await read(source))?.failedRecipients[0]?.address).toBe("gone@example.com");
    const mailedAddresses = new Set(["inner@host.example"]);
    expect((await read(source, { mailedAddresses }))?.failedRecipients[0]?.address).toBe(
      "inner@host.example",
    );
  });

  test("an address we never mailed is never failed, and the report says so", async () => {
    const bounce = await read(dsn({}), { mailedAddresses: new Set(["other@example.com"]) });
    expect(bounce?.failedRecipients).toEqual([]);
    expect(bounce?.unmatchedAddresses).toEqual(["gone@example.com"]);
    expect(bounce?.why).toContain("gone@example.com, which we never mailed");
  });

  test("neither the mailer-daemon nor our own mailbox is excluded", async () => {
    const text = "Delivery failed.\r\n\r\nmailer-daemon@mx.example.net\r\ndesk@example.org\r\n";
    const bounce = await read(plain("mailer-daemon@mx.example.net", "Returned mail", text), {
      ownAddresses: new Set(["desk@example.org"]),
    });
    expect(bounce?.failedRecipients).toEqual([]);
  });
});

describe("reports without standard fields are read by their wording", () => {
  test.each<[string, string, string[]]>([
    [
      "Postfix",
      "I'm sorry to have to inform you that your message could not\r\nbe delivered to one or more recipients.\r\n\r\n<a@example.com>: host mx.example.com[192.0.2.1] said: 550\r\n    5.1.1 User unknown",
      ["a@example.com"],
    ],
    [
      "Exim",
      "This message was created automatically by mail delivery software.\r\n\r\nA message that you sent could not be delivered. The following address(es) failed:\r\n\r\n  a@example.com\r\n    Unrouteable address\r\n  b@example.com\r\n    mailbox is full",
      ["a@example.com", "b@example.com"],
    ],
    [
      "qmail",
      "Hi. This is the qmail-send program at example.net.\r\nI'm afraid I wasn't able to deliver your message to the following addresses.\r\n\r\n<a@example.com>:\r\nSorry, no mailbox here by that name. (#5.1.1)",
      ["a@example.com"],
    ],
    [
      "Exchange Online",
      "Delivery has failed to these recipients or groups:\r\n\r\na@example.com<mailto:a@example.com>\r\nThe email address you entered couldn't be found.",
      ["a@example.com"],
    ],
    [
      "Exchange 2003",
      "Your message did not reach some or all of the intended recipients.\r\n\r\nThe following recipient(s) could not be reached:\r\n\r\n      a@example.com on 3/4/2025 10:12 AM\r\n            The e-mail account does not exist",
      ["a@example.com"],
    ],
    [
      "Gmail",
      "** Address not found **\r\n\r\nYour message wasn't delivered to a@example.com because the address couldn't be found.",
      ["a@example.com"],
    ],
    [
      "Sendmail",
      "   ----- The following addresses had permanent fatal errors -----\r\n<a@example.com>\r\n    (reason: 550 5.1.1 User unknown)\r\n\r\n   ----- Transcript of session follows -----\r\n",
      ["a@example.com"],
    ],
    [
      "Yahoo",
      "Sorry, we were unable to deliver your message to the following address.\r\n\r\n<a@example.com>:\r\n554: delivery error: dd This user doesn't have a yahoo.com account",
      ["a@example.com"],
    ],
  ])("%s", async (_name, text, addresses) => {
    const bounce = await read(plain("MAILER-DAEMON@example.net", "failure notice", text));
    expect(bounce?.failedRecipients.map((one) => one.address)).toEqual(addresses);
    expect(bounce?.failedRecipients[0]?.verdict).toBe("hard");
  });

  test("each recipient of one report has a verdict of its own", async () => {
    const text =
      "The following address(es) failed:\r\n\r\n  a@example.com\r\n    550 User unknown\r\n  b@example.com\r\n    552 mailbox is full";
    const bounce = await read(plain("MAILER-DAEMON@example.net", "Mail delivery failed", text));
    expect(bounce?.failedRecipients.map((one) => one.verdict)).toEqual(["hard", "soft"]);
    expect(bounce?.verdict).toBe("undecided");
  });

  test("Outlook's own report item has no source, and is read from its fields", () => {
    const mail = mailFromFields({
      messageClass: "REPORT.IPM.Note.NDR",
      subject: "Undeliverable: 12 Main Street",
      text: "Your message did not reach some or all of the intended recipients.\r\n\r\n      Subject:\t12 Main Street\r\n\r\nThe following recipient(s) cannot be reached:\r\n\r\n      a@example.com on 3/4/2025 10:12 AM\r\n            None of your e-mail accounts could send to this recipient.",
    });
    expect(readBounce(mail, readBodyText(mail))?.failedRecipients[0]?.address).toBe("a@example.com");
  });
});

describe("hard, soft or undecided follows the reason, not the wish", () => {
  test.each<[string, string, string]>([
    ["5.1.1", "550 5.1.1 The email account that you tried to reach does not exist", "hard"],
    ["5.7.1", "550 5.7.1 User unknown", "hard"],
    ["5.4.1", "550 5.4.1 Recipient address rejected: Access denied", "hard"],
    [
      "5.1.10",
      "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
      "hard",
    ],
    [
      "5.4.4",
      "Host or domain name not found. Name service error for name=example.com: Host not found",
      "hard",
    ],
    ["5.1.6", "551 user has moved", "hard"],
    ["5.2.2", "552 5.2.2 Over quota", "soft"],
    ["5.7.26", "550 5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy", "soft"],
    [
      "5.7.1",
      "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
      "soft",
    ],
    ["5.1.8", "553 5.1.8 Domain of sender address does not exist", "soft"],
    ["4.7.0", "421 4.7.0 Too many connections, try again later", "soft"],
    ["5.3.4", "552 5.3.4 Message size exceeds fixed limit", "soft"],
    ["4.4.1", "connect to mx.example.com: Connection timed out", "soft"],
    ["5.0.0", "", "undecided"],
  ])("%s %s is %s", async (status, diagnostic, verdict) => {
    expect((await read(dsn({ status, diagnostic })))?.failedRecipients[0]?.verdict).toBe(verdict);
  });

  test("a delay is not a dead address", async () => {
    const bounce = await read(
      dsn({ action: "delayed", status: "4.1.1", diagnostic: "450 User unknown, try again" }),
    );
    expect(bounce?.verdict).toBe("soft");
  });
});

describe("a person's mail is no bounce", () => {
  test.each<[string, string, string, string]>([
    [
      "owner@example.com",
      "Re: 12 Main",
      "We saw a 550 5.1.1 when we mailed you: user unknown. Odd.",
      "In-Reply-To: <x@y>\r\n",
    ],
    ["owner@example.com", "Fwd: Undeliverable: 12 Main", "Got this from your server, what is it?", ""],
    ["owner@example.com", "Delivery of documents", "The package could not be delivered to the office.", ""],
    [
      "auto-notify@parcels.example",
      "Delivery notification: your package",
      "Delivery to the front desk is scheduled. It was delivered at 10:12.",
      "",
    ],
    ["owner@example.com", "Delivery report", "Attached is the delivery report for the roof tiles.", ""],
    ["postmaster@example.com", "Your application", "I run this domain. We are interested.", ""],
  ])("%s: %s", async (from, subject, text, more) => {
    expect(await read(plain(from, subject, text, more))).toBeNull();
  });
});
