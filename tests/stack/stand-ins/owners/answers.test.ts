import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readBounce } from "@/lib/mail-rules/bounce";
import { headerValue, reportContents } from "@/lib/mail-rules/mail-types";
import { deliverToInbox } from "@/stack/outlook-host/mail-store";
import { PERSONA_KINDS } from "@/stack/owners/persona";
import { DESK, freshStore } from "../outlook-host/host-under-test";
import {
  inbox,
  MAX_DELAY_MS,
  MIN_DELAY_MS,
  mailTo,
  onlyAnswer,
  openDesk,
  SENT_AT_MS,
} from "./owners-under-test";

const LATER_MS = SENT_AT_MS + MAX_DELAY_MS + 60_000;
const people = PERSONA_KINDS.filter((kind) => !/silent|bounce|out_of_office/.test(kind));

describe("owners", () => {
  it.each(people)("answer (%s) in the thread, above our quoted mail", async (kind) => {
    const store = await freshStore();
    for (const seed of ["1", "2", "3"]) await mailTo(store, `${kind}.${seed}@cedar-realty.example`);
    const desk = await openDesk(store);
    expect(await desk.look(LATER_MS)).toBe(3);
    for (const { stored, parsed } of await inbox(store)) {
      expect(parsed.problems).toEqual([]);
      expect(parsed.subject).toMatch(/^re: 1 Main St$/i);
      expect(parsed.inReplyTo).toMatch(/@brokers\.example>$/);
      expect(parsed.references).toContain(parsed.inReplyTo);
      expect(parsed.to[0]?.address).toBe(DESK.address);
      expect(parsed.text).toMatch(/wrote:|From: /);
      expect(parsed.text).toContain("would you sell?");
      expect(parsed.html).toContain("would you sell?");
      expect(headerValue(parsed, "x-stand-in")).toBe("owners");
      expect(stored).toMatchObject({ kind: "mail", messageClass: "IPM.Note" });
    }
  });

  it("leave an automatic reply with the day they are back", async () => {
    const store = await freshStore();
    await mailTo(store, "out_of_office.1@cedar-realty.example");
    await (await openDesk(store)).look(LATER_MS);
    const { parsed } = await onlyAnswer(store);
    expect(headerValue(parsed, "auto-submitted")).toMatch(/^auto-(replied|generated)$/);
    expect(parsed.subject).toMatch(/^Automatic reply: /);
    expect(parsed.text).toMatch(/(June \d|6\/\d)/);
  });

  it.each([
    ["hard_bounce", "5.1.1", "hard"],
    ["soft_bounce", "4.2.2", "soft"],
  ])("whose address fails (%s) come back as RFC 3464 reports", async (kind, status, verdict) => {
    const store = await freshStore();
    const addresses = [1, 2, 3, 4, 5, 6].map((seed) => `${kind}.${seed}@cedar-realty.example`);
    for (const address of addresses) await mailTo(store, address);
    await (await openDesk(store)).look(LATER_MS);
    const reports = await inbox(store);
    expect(reports).toHaveLength(addresses.length);
    for (const { stored, parsed } of reports) {
      expect(stored).toMatchObject({ kind: "report", messageClass: "REPORT.IPM.Note.NDR" });
      expect(parsed.problems).toEqual([]);
      expect(parsed.from?.address).toMatch(/^mailer-daemon@/);
      const [fields = ""] = reportContents(parsed, "message/delivery-status");
      expect(fields).toMatch(/^Reporting-MTA: dns; mx\.cedar-realty\.example\r?\n/);
      expect(fields).toMatch(/\r?\n\r?\nFinal-Recipient: rfc822; /);
      expect(fields).toMatch(new RegExp(`Status: ${status.replaceAll(".", "\\.")}`));
      const bounce = readBounce(parsed, parsed.text, { mailedAddresses: new Set(addresses) });
      expect(bounce?.verdict).toBe(verdict);
      expect(bounce?.failedRecipients).toHaveLength(1);
      expect(bounce?.originalMessageId).toMatch(/@brokers\.example>$/);
    }
    const named = await Promise.all(
      reports.map(({ parsed }) => readBounce(parsed, parsed.text)?.failedRecipients[0]?.address),
    );
    expect([...named].sort()).toEqual([...addresses].sort());
  });

  it("wait for their delay, and machines are quickest", async () => {
    const store = await freshStore();
    await mailTo(store, "hard_bounce.1@cedar-realty.example");
    await mailTo(store, "interested.1@cedar-realty.example");
    const desk = await openDesk(store);
    expect(await desk.look(SENT_AT_MS)).toBe(0);
    expect(await desk.look(SENT_AT_MS + MIN_DELAY_MS + 100)).toBe(1);
    expect(await desk.look(LATER_MS)).toBe(1);
  });

  it("answer once, also when they stop and start again at any point", async () => {
    const store = await freshStore();
    for (let owner = 0; owner < 5; owner += 1) await mailTo(store, `question.${owner}@cedar-realty.example`);
    await (await openDesk(store)).look(SENT_AT_MS);
    await mailTo(store, "question.sent-while-away@cedar-realty.example");
    await (await openDesk(store)).look(LATER_MS);
    await (await openDesk(store)).look(LATER_MS + 1_000);
    expect(await inbox(store)).toHaveLength(6);
  });

  it("answer once even when their journal is lost", async () => {
    const store = await freshStore();
    await mailTo(store, "interested.1@cedar-realty.example");
    await (await openDesk(store)).look(LATER_MS);
    await rm(`${store.dir}/owners.jsonl`);
    await (await openDesk(store)).look(LATER_MS + 1_000);
    expect(await inbox(store)).toHaveLength(1);
  });

  it("answer the mail of the sequence their persona answers, and no other", async () => {
    const store = await freshStore();
    const first = await mailTo(store, "late.1@cedar-realty.example");
    const desk = await openDesk(store, () => ({
      kind: "pricing_given",
      answersStep: 2,
      wording: 0,
      haste: 0,
      mailProgram: "gmail",
    }));
    expect(await desk.look(LATER_MS)).toBe(0);
    const second = await mailTo(store, "late.1@cedar-realty.example", first.entryId);
    await mailTo(store, "late.1@cedar-realty.example", second.entryId);
    expect(await desk.look(LATER_MS)).toBe(1);
    expect((await onlyAnswer(store)).parsed.inReplyTo).toBe(second.internetMessageId);
  });

  it("do not start a ping-pong when a person answers them", async () => {
    const store = await freshStore();
    const entryId = await deliverToInbox(store, DESK, {
      from: { address: "interested.1@cedar-realty.example" },
      subject: "Your mail",
      text: "Call me.",
    });
    await mailTo(store, "interested.1@cedar-realty.example", entryId ?? "");
    expect(await (await openDesk(store)).look(LATER_MS)).toBe(0);
  });
});
