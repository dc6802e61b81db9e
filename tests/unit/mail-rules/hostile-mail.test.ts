import { describe, expect, test } from "vitest";
import { decideByRules } from "@/lib/mail-rules/decide-by-rules";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { mutate, SEEDS, seededRandom } from "./hostile-mails";

/** MAIL_FUZZ_RUNS=20000 for the long run; MAIL_FUZZ_SEED repeats one. */
const RUNS = Number(process.env.MAIL_FUZZ_RUNS ?? 1_500);
const SEED = Number(process.env.MAIL_FUZZ_SEED ?? 20_260_302);

/** Reads and decides; a reader that hangs is ended by the test's own time-out. How fast it is, the corpus command measures. */
async function decide(raw: string | Uint8Array): Promise<string> {
  return decideByRules(await parseMail(raw)).kind;
}

const KINDS = ["complaint", "receipt", "bounce", "auto_reply", "opt_out", "undecided"];

describe("hostile mail never crashes the reader and never holds it up", () => {
  test(`${RUNS} damaged and truncated mails are each decided`, async () => {
    const random = seededRandom(SEED);
    for (let run = 0; run < RUNS; run += 1) {
      const base = SEEDS[Math.floor(random() * SEEDS.length)] ?? "";
      expect(KINDS).toContain(await decide(mutate(base, random)));
    }
  }, 600_000);

  const many = (text: string, times: number) => text.repeat(times);
  const plain = (body: string) => `From: a@example.com\r\nSubject: Re: x\r\n\r\n${body}`;
  test.each<[string, string]>([
    ["a line of a million characters", plain(many("a", 1_000_000))],
    ["a million quote marks", plain(many(">", 1_000_000))],
    ["200,000 empty lines", plain(many("\r\n", 200_000))],
    [
      "50,000 attributions without an end",
      plain(many("On Tue, Mar 4, 2025 at 10:12 AM Someone <a@b.c>\r\n", 50_000)),
    ],
    ["50,000 header lines", plain(many("From: a\r\nSent: 1\r\n", 25_000))],
    ["100,000 rules", plain(many("----\r\ntext\r\n", 50_000))],
    ["digits without end", plain(many("$1,234,567.89 to 5 ", 20_000))],
    ["dates without end", plain(`Out of office until ${many("March 9 - ", 20_000)}`)],
    ["telephone numbers without end", plain(many("310-555-0142 ", 20_000))],
    ["stop stop stop", plain(many("stop please do not take me ", 20_000))],
    ["at signs without end", plain(many("a@", 200_000))],
    ["dots and at signs", plain(many("a.b@c.", 100_000))],
    [
      "nested HTML",
      `From: a@example.com\r\nContent-Type: text/html\r\n\r\n${many("<div><b><blockquote>", 50_000)}`,
    ],
    ["unclosed tags", `From: a@example.com\r\nContent-Type: text/html\r\n\r\n${many("<a href='", 100_000)}`],
    [
      "a table of 100,000 cells",
      `From: a@example.com\r\nContent-Type: text/html\r\n\r\n<table>${many("<td>x", 100_000)}`,
    ],
    [
      "a subject of a million characters",
      `From: a@example.com\r\nSubject: ${many("Re: ", 250_000)}\r\n\r\nx`,
    ],
    ["100,000 recipients", `From: a@example.com\r\nTo: ${many("a@example.com, ", 100_000)}\r\n\r\nx`],
    ["100,000 references", `From: a@example.com\r\nReferences: ${many("<a@b> ", 100_000)}\r\n\r\nx`],
    ["nested parts", many("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", 5_000)],
    [
      "50,000 boundaries",
      `From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${many("--b\r\n\r\nx\r\n", 50_000)}`,
    ],
    [
      "a delivery status of 50,000 groups",
      `From: MAILER-DAEMON@x\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${many("Final-Recipient: rfc822; a@example.com\r\nAction: failed\r\n\r\n", 50_000)}\r\n--b--`,
    ],
    [
      "a bounce of words only",
      `From: MAILER-DAEMON@x\r\nSubject: failure notice\r\n\r\n${many("could not be delivered to user recipient address mailbox ", 20_000)}`,
    ],
    [
      "a bounce of 20,000 addresses",
      `From: MAILER-DAEMON@x\r\nSubject: failure notice\r\n\r\n${many("<a@example.com>: user unknown\r\n", 20_000)}`,
    ],
    ["white space without end", plain(`unsubscribe${many(" ", 300_000)}x`)],
    ["letters and dots without an at sign", plain(many("abc.def-", 100_000))],
  ])("%s", { timeout: 60_000 }, async (_name, raw) => {
    expect(KINDS).toContain(await decide(raw));
  });
});
