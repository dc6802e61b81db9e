import { describe, expect, test } from "vitest";
import { explainUnsent, type UnsentFacts } from "@/lib/sending/explain-unsent";

const NOW = Date.parse("2026-11-23T18:00:00Z");
const facts: UnsentFacts = {
  status: "scheduled",
  reason: null,
  dueAt: "2026-11-24T17:00:00Z",
  campaignStatus: "active",
  campaignReason: null,
  enrollmentStatus: "active",
  enrollmentReason: null,
  mailboxStatus: "active",
  mailboxReason: null,
  killSwitchPulled: false,
  killSwitchReason: null,
};

describe("a mail that has not gone", () => {
  test.each<[string, Partial<UnsentFacts>, string | null]>([
    ["is scheduled", {}, "scheduled for Tue 09:00"],
    [
      "is outside the window",
      { reason: "outside the send window" },
      "outside the send window until Tue 09:00",
    ],
    [
      "waits for a paused campaign",
      { campaignStatus: "paused", campaignReason: "typo" },
      "the campaign is paused: typo",
    ],
    ["waits for a paused mailbox", { mailboxStatus: "paused" }, "the mailbox is paused"],
    [
      "waits for a read reply",
      { enrollmentStatus: "paused", enrollmentReason: "a reply arrived" },
      "a reply arrived",
    ],
    [
      "is stopped by the kill switch",
      { killSwitchPulled: true, killSwitchReason: "audit" },
      "sending is stopped: audit",
    ],
    ["is due", { dueAt: "2026-11-23T17:00:00Z" }, "due now, waiting its turn"],
    ["was skipped", { status: "skipped", reason: "address bounced" }, "address bounced"],
    ["is uncertain", { status: "uncertain" }, "may have left: the hand-over was not confirmed"],
    ["went", { status: "sent" }, null],
  ])("says why: it %s", (_, change, sentence) => {
    expect(explainUnsent({ ...facts, ...change }, NOW, () => "Tue 09:00")).toBe(sentence);
  });
});
