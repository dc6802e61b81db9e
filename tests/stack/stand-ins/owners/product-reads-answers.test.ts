import { describe, expect, it } from "vitest";
import { decideByRules } from "@/lib/mail-rules/decide-by-rules";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { composeMail } from "@/stack/outlook-host/store/compose-mail";
import { PERSONA_KINDS, type PersonaKind, personaOfKind } from "@/stack/owners/persona";
import { writeAnswer } from "@/stack/owners/write-answer";
import { askAgent, CLASSIFIER_PROMPT } from "../claude/claude-under-test";
import { DESK, sendRequest } from "../outlook-host/host-under-test";

const OWNER = "maria.delgado@cedar-valley-realty.example";
const SENT_AT_MS = Date.UTC(2026, 5, 1, 16);
const request = sendRequest({ to: [OWNER], bodyText: "Hi Maria,\n\nWould you sell for $9M?\n\nDana" });
const sent = composeMail(DESK, request, null, SENT_AT_MS);

async function answersOf(kind: PersonaKind) {
  const answers = [];
  for (let seed = 0; seed < 24; seed += 1) {
    const source = writeAnswer(sent, personaOfKind(kind, `seed ${seed}`), SENT_AT_MS + 60_000);
    if (source !== null) answers.push(await parseMail(source));
  }
  return answers;
}

const decide = (mail: Awaited<ReturnType<typeof parseMail>>) =>
  decideByRules(mail, { mailedAddresses: new Set([OWNER]) });

describe("what owners answer, read by the product's own rules", () => {
  it.each(["hard_bounce", "soft_bounce"] as const)("is a bounce of the right address (%s)", async (kind) => {
    for (const mail of await answersOf(kind)) {
      const decision = decide(mail);
      if (decision.kind !== "bounce") throw new Error(`read as ${decision.kind}`);
      expect(decision.bounce.verdict).toBe(kind === "hard_bounce" ? "hard" : "soft");
      expect(decision.bounce.failedRecipients.map(({ address }) => address)).toEqual([OWNER]);
    }
  });

  it("is an automatic reply with a day of return", async () => {
    for (const mail of await answersOf("out_of_office")) {
      const decision = decide(mail);
      if (decision.kind !== "auto_reply") throw new Error(`read as ${decision.kind}`);
      expect(decision.returnDate).not.toBeNull();
    }
  });

  it("is an opt-out", async () => {
    for (const mail of await answersOf("opt_out")) expect(decide(mail).kind).toBe("opt_out");
  });

  it("is a hard pass for the classifier or an opt-out by rule, and both are met", async () => {
    const kinds = (await answersOf("hard_pass")).map((mail) => decide(mail).kind);
    expect(new Set(kinds)).toEqual(new Set(["opt_out", "undecided"]));
  });

  const people = PERSONA_KINDS.filter((kind) => !/silent|bounce|out_of_office|opt_out/.test(kind));
  it.each(people)("reaches the classifier without our quoted mail and is known as %s", async (kind) => {
    for (const mail of await answersOf(kind)) {
      const { kind: decision, visibleText: text, facts } = decide(mail);
      expect(text).not.toContain("Would you sell for");
      // "Never contact us again" is an opt-out by rule; it never gets to the classifier.
      if (kind === "hard_pass" && decision === "opt_out") continue;
      expect([decision, text]).toEqual(["undecided", text]);
      const input = { mail: { from: OWNER, subject: mail.subject, text, receivedAt: "" }, sent: null, facts };
      const run = await askAgent(CLASSIFIER_PROMPT, input);
      expect([JSON.parse(run.stdout).structured_output.category, text]).toEqual([kind, text]);
    }
  });
});
