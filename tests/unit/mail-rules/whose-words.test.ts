import { describe, expect, test } from "vitest";
import { addressKey, coversAddress, isSameMailbox } from "@/lib/mail-rules/address-key";
import { findForgery } from "@/lib/mail-rules/authenticity";
import { decideByRules } from "@/lib/mail-rules/decide-by-rules";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { ownWords } from "@/lib/mail-rules/strip-quotes";

const SENT =
  'Hi Joan,\n\nWe act for a buyer of small warehouses who could close before the summer is over. Would you part with 9 Kiln Road, or is it too early to ask?\n\nPat Amble\nAmble Brokers\n\nTo hear no more from us, answer "unsubscribe" and we will not write again.';

const mark = (sign: string) =>
  SENT.split("\n")
    .map((line) => `${sign}${line}`)
    .join("\n");
const wrap = (text: string, width: number) => text.replace(new RegExp(`(.{1,${width}})(?: |$)`, "g"), "$1\n");

/** Ways mail programs, gateways and help desks put our mail below an answer. */
const LAYOUTS: Record<string, string> = {
  Gmail: `On Tue, Mar 3, 2026 at 9:00 AM Pat Amble <pat@amble.example> wrote:\n\n${mark("> ")}`,
  "hard-wrapped quotes": `On Tue, Mar 3, 2026 at 9:00 AM Pat Amble <pat@amble.example> wrote:\n${mark("> ")
    .split("\n")
    .map((line) => wrap(line, 40))
    .join("")}`,
  "Outlook's header block": `From: Pat Amble <pat@amble.example>\nSent: Tuesday, March 3, 2026 9:00 AM\nTo: Joan\nSubject: 9 Kiln Road\n\n${SENT}`,
  "a rule and nothing else": `________________________________\n${SENT}`,
  GroupWise: `>>> Pat Amble <pat@amble.example> 3/3/2026 9:00 AM >>>\n${SENT}`,
  "bars for quotes": `Pat Amble wrote:\n${mark("| ")}`,
  "name and day": `Pat wrote on 3/3/2026:\n${SENT}`,
  "no line above": SENT,
  "cut off in the middle": SENT.slice(0, 170),
};
const FIRST_LINES = [
  "14.5M, call me.",
  "On the right terms, yes.",
  "12 tenants there.",
  "A bit early.",
  "1. yes\n2. no",
  "Yes (14M)",
];

describe("what we sent is never taken for the writer's words", () => {
  test.each(Object.entries(LAYOUTS))("%s, under any first line", (_layout, quoted) => {
    for (const first of FIRST_LINES) expect(ownWords(`${first}\n\n${quoted}`, [SENT])).toBe(first);
    expect(ownWords(quoted, [SENT])).toBe("");
  });

  test("answers between our lines are the writer's, in order, without the questions", () => {
    const [question = "", more = ""] = SENT.split(". ");
    expect(ownWords(`> ${question}\n\nWho?\n\n> ${more}\n\nIn May.`, [SENT])).toBe("Who?\n\nIn May.");
  });

  test("few words that also stand in our mail stay the writer's", () => {
    expect(ownWords("9 Kiln Road is not for sale.", [SENT])).toBe("9 Kiln Road is not for sale.");
    expect(ownWords("unsubscribe", [SENT])).toBe("unsubscribe");
  });
});

const mail = (head: string, body: string) => parseMail(`${head}\r\nSubject: Re: 9 Kiln Road\r\n\r\n${body}`);
const KNOWN = { sent: [SENT], mailedTo: "joan@kiln.example", ownAddresses: new Set(["pat@amble.example"]) };

describe("who wrote decides what a mail may do", () => {
  test("the one we mailed may end it for ever, somebody else asks a person", async () => {
    const [joan, other] = [
      await mail("From: joan@kiln.example", "Take us off your list."),
      await mail("From: al@x.example", "Take us off your list."),
    ];
    expect(decideByRules(joan, KNOWN)).toMatchObject({ kind: "opt_out", optOut: { ask: null } });
    const decided = decideByRules(other, KNOWN);
    expect(decided).toMatchObject({
      kind: "opt_out",
      optOut: { ask: expect.stringContaining("al@x.example") },
    });
  });

  test("a sender its domain disowns ends nobody", async () => {
    const failed =
      "Authentication-Results: mx.amble.example; dmarc=fail header.from=kiln.example\r\nFrom: joan@kiln.example";
    expect(decideByRules(await mail(failed, "Unsubscribe"), KNOWN)).toMatchObject({
      optOut: { ask: expect.stringContaining("DMARC") },
    });
    const passed = await mail(failed.replace("fail", "pass"), "Unsubscribe");
    expect(findForgery(passed)).toBeNull();
    expect(decideByRules(passed, KNOWN)).toMatchObject({ optOut: { ask: null } });
  });

  test("several senders, and a check of another one, are no proof", async () => {
    expect(findForgery(await mail("From: joan@kiln.example, eve@x.example", "Stop"))).toContain(
      "several senders",
    );
    const other = "Authentication-Results: mx; dmarc=pass header.from=x.example\r\nFrom: joan@kiln.example";
    expect(findForgery(await mail(other, "Stop"))).toContain("another sender");
  });

  test("our own mail is ours whatever it says, by any of its addresses", async () => {
    expect(decideByRules(await mail("From: Pat+desk@Amble.example", "Unsubscribe"), KNOWN).kind).toBe("own");
    expect(
      decideByRules(await mail("X-Desk-Key: abc\r\nFrom: a@b.example", "Stop"), { keyHeader: "X-Desk-Key" })
        .kind,
    ).toBe("own");
  });
});

test("one mailbox has one key, however it is spelled; a domain covers what is below it", () => {
  expect(addressKey(" J.Smith+CRE@GoogleMail.com ")).toBe("jsmith@gmail.com");
  expect(isSameMailbox("j.smith@gmail.com", "jsmith+x@googlemail.com")).toBe(true);
  expect(isSameMailbox("j.smith@acme.example", "jsmith@acme.example")).toBe(false);
  expect(coversAddress("acme.example", "a@mail.acme.example")).toBe(true);
  expect(coversAddress("acme.example", "a@notacme.example")).toBe(false);
});

describe("bytes are read as the web reads them", () => {
  const source = (head: string, bytes: number[], subject = "x") =>
    Buffer.concat([
      Buffer.from(`From: a@b.example\r\nSubject: ${subject}\r\n${head}\r\n\r\n`, "latin1"),
      Buffer.from(bytes),
    ]);
  const apostrophe = [0x57, 0x65, 0x92, 0x64];
  test.each<[string, Buffer, string]>([
    ["windows-1252, declared", source("Content-Type: text/plain; charset=windows-1252", apostrophe), "We’d"],
    [
      "windows-1252 that calls itself latin-1",
      source("Content-Type: text/plain; charset=iso-8859-1", apostrophe),
      "We’d",
    ],
    [
      "us-ascii with UTF-8 inside",
      source("Content-Type: text/plain; charset=us-ascii", [...Buffer.from("We’d")]),
      "We’d",
    ],
    [
      "quoted-printable",
      source("Content-Type: text/plain; charset=cp1252\r\nContent-Transfer-Encoding: quoted-printable", [
        ...Buffer.from("We=92d"),
      ]),
      "We’d",
    ],
    ["nothing declared", source("MIME-Version: 1.0", apostrophe), "We’d"],
    ["GB18030, not declared", source("MIME-Version: 1.0", [0xc4, 0xe3, 0xba, 0xc3]), "你好"],
  ])("%s", async (_name, bytes, text) => {
    expect((await parseMail(bytes)).text.trim()).toBe(text);
  });

  test("a meta tag alone, and raw bytes and old words in a subject", async () => {
    const html = await parseMail(
      source("Content-Type: text/html", [...Buffer.from('<meta charset="windows-1251">'), 0xc4, 0xe0]),
    );
    expect(html.html).toContain("Да");
    expect((await parseMail(source("MIME-Version: 1.0", [0x78], "R\xe9: Kiln"))).subject).toBe("Ré: Kiln");
    expect((await parseMail(source("MIME-Version: 1.0", [0x78], "=?windows-1252?Q?It=92s?="))).subject).toBe(
      "It’s",
    );
  });
});
