const DESK = "desk@harborpoint.example";
let count = 0;

export interface SampleMail {
  readonly source: string;
  /** Whether rules alone decide it. */
  readonly byRules: boolean;
}

/** One of each kind of mail a desk gets back, new Message-IDs each time. */
export function sampleMails(): SampleMail[] {
  const quoted = `\r\n\r\nOn Mon, Jun 1, 2026 at 9:00 AM Dana <${DESK}> wrote:\r\n> We have a buyer for your building.\r\n> Would you consider an offer?\r\n> To unsubscribe, answer with the word.\r\n`;
  const mail = (
    byRules: boolean,
    subject: string,
    text: string,
    head: readonly string[] = [],
  ): SampleMail => ({
    byRules,
    source: [
      `From: Owner <owner${++count}@oak${count % 50}.example>`,
      `To: ${DESK}`,
      `Subject: ${subject}`,
      `Message-ID: <sample-${process.pid}-${count}@oak.example>`,
      `Date: ${new Date().toUTCString()}`,
      ...head,
      "",
      text,
    ].join("\r\n"),
  });
  return [
    mail(true, "Re: 12 Main St", `Please unsubscribe me from this list.${quoted}`),
    mail(true, "Automatic reply: 12 Main St", "I am out of the office until Monday, March 2.", [
      "Auto-Submitted: auto-replied",
    ]),
    bounce(mail),
    mail(true, "Read: 12 Main St", "Your message was read.", [
      "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
    ]),
    mail(true, "Re: 12 Main St", `Take me off your mailing list and stop emailing me.${quoted}`),
    mail(false, "Re: 12 Main St", `We would take $8.5M for a quick close. Call me at 909-555-0112.${quoted}`),
    mail(false, "Re: 12 Main St", `Not right now. Maybe next year when the lease is renewed.${quoted}`),
  ];
}

function bounce(
  mail: (byRules: boolean, subject: string, text: string, head: readonly string[]) => SampleMail,
) {
  const text = [
    "--b",
    "Content-Type: text/plain",
    "",
    "The following address failed: <gone@oak.example>: 550 5.1.1 user unknown",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.oak.example",
    "",
    "Final-Recipient: rfc822; gone@oak.example",
    "Action: failed",
    "Status: 5.1.1",
    "--b--",
  ].join("\r\n");
  return mail(true, "Undeliverable: 12 Main St", text, [
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
  ]);
}
