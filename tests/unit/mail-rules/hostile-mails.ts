/** Seeded damage to mails, so that every run of the test sees the same ones (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const REPORT = [
  "From: MAILER-DAEMON@mx.example.net (Mail Delivery System)",
  "To: desk@example.org",
  "Subject: Undelivered Mail Returned to Sender",
  "Auto-Submitted: auto-replied",
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"',
  "",
  "--b/1",
  "Content-Type: text/plain; charset=us-ascii",
  "",
  "<gone@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown",
  "--b/1",
  "Content-Type: message/delivery-status",
  "",
  "Reporting-MTA: dns; mx.example.net",
  "",
  "Final-Recipient: rfc822; gone@example.com",
  "Action: failed",
  "Status: 5.1.1",
  "Diagnostic-Code: smtp; 550 5.1.1 User unknown",
  "--b/1",
  "Content-Type: message/rfc822",
  "",
  "From: desk@example.org",
  "To: gone@example.com",
  "Subject: 12 Main Street",
  "",
  "Would you sell?",
  "--b/1--",
].join("\r\n");

const REPLY = [
  "From: =?utf-8?q?Jos=C3=A9?= <owner@example.com>",
  "To: desk@example.org",
  "Subject: =?utf-8?b?UmU6IDEyIE1haW4=?=",
  "Message-ID: <r1@example.com>",
  "In-Reply-To: <s1@example.org>",
  "Date: Mon, 02 Mar 2026 10:00:00 -0500",
  'Content-Type: multipart/alternative; boundary="x"',
  "",
  "--x",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "We=E2=80=99d take $4.5M, a 6 cap on NOI of $270,000. Call me Tuesday at 3pm PT, 310-555-0142.",
  "",
  "On Mon, Mar 2, 2026 at 9:00 AM Desk <desk@example.org> wrote:",
  "> Would you sell? Reply unsubscribe to stop.",
  "--x",
  "Content-Type: text/html; charset=utf-8",
  "",
  '<div dir="ltr">We’d take <b>$4.5M</b></div><div class="gmail_quote">On Mon wrote:<blockquote>Would you sell?</blockquote></div>',
  "--x--",
].join("\r\n");

const ABSENCE = [
  "From: Owner <owner@example.com>",
  "Subject: Automatic reply: 12 Main Street",
  "Date: Mon, 02 Mar 2026 10:00:00 -0500",
  "X-Auto-Response-Suppress: All",
  "Content-Type: text/html; charset=windows-1252",
  "Content-Transfer-Encoding: base64",
  "",
  Buffer.from("<p>I am out of the office until Monday, March 9. Ask sue@example.com.</p>").toString("base64"),
].join("\r\n");

const OUTLOOK = [
  "From: Owner <owner@example.com>",
  "Subject: RE: 12 Main Street",
  "Content-Type: text/plain",
  "",
  "Please take me off your list.",
  "",
  "________________________________",
  "From: Desk <desk@example.org>",
  "Sent: Monday, March 2, 2026 9:00 AM",
  "To: Owner <owner@example.com>",
  "Subject: 12 Main Street",
  "",
  "Would you sell?",
].join("\r\n");

export const SEEDS: readonly string[] = [REPORT, REPLY, ABSENCE, OUTLOOK];

const SNIPPETS = [
  "\r\n\r\n",
  "--b/1\r\n",
  "--x--",
  "\0",
  "<",
  ">",
  "@",
  "=?utf-8?b?",
  "?=",
  "=\r\n",
  "Content-Type: ",
  "\ufeff",
  "$",
  "\ue001",
  "multipart/report",
  ";",
  '"',
  "\u202e",
  "On ",
  " wrote:",
  "> ",
];

/** Cuts, repeats, swaps, splices and flips bytes of a mail; one to eight wounds. */
export function mutate(mail: string, random: () => number): Uint8Array {
  let text = mail;
  const at = () => Math.floor(random() * (text.length + 1));
  const wounds = 1 + Math.floor(random() * 8);
  for (let wound = 0; wound < wounds; wound += 1) {
    const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
    const kind = Math.floor(random() * 6);
    if (kind === 0) text = text.slice(0, to);
    else if (kind === 1) text = text.slice(0, from) + text.slice(Math.min(to, from + 200));
    else if (kind === 2)
      text =
        text.slice(0, to) +
        text.slice(from, Math.min(to, from + 400)).repeat(1 + Math.floor(random() * 30)) +
        text.slice(to);
    else if (kind === 3)
      text =
        text.slice(0, from) +
        (SNIPPETS[Math.floor(random() * SNIPPETS.length)] ?? "").repeat(1 + Math.floor(random() * 50)) +
        text.slice(from);
    else if (kind === 4) text = text.slice(from) + text.slice(0, from);
    else
      text =
        text.slice(0, from) +
        (SEEDS[Math.floor(random() * SEEDS.length)] ?? "").slice(0, Math.floor(random() * 600)) +
        text.slice(from);
    text = text.slice(0, 60_000);
  }
  const bytes = new TextEncoder().encode(text);
  for (let flip = Math.floor(random() * 10); flip > 0 && bytes.length > 0; flip -= 1) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  return bytes;
}
