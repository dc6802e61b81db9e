import { describe, expect, it } from "vitest";
import { firstLine } from "@/components/replies/first-line";
import { readFlag } from "@/components/replies/flag-words";
import { saySureness } from "@/components/replies/sureness";
import { answerSubject } from "@/lib/replies/answer-subject";
import { readDid } from "@/lib/replies/read-did";
import { replyViewHref, replyViewSchema } from "@/lib/replies/reply-tabs";
import { buildThread } from "@/lib/replies/thread";

describe("A correspondence", () => {
  it("stands in the order it happened, with what has not left where it is due", () => {
    const sent = [
      { id: "answer", sent_at: null, due_at: "2026-11-03T10:00:00Z" },
      { id: "mail 1", sent_at: "2026-11-01T09:00:00Z", due_at: "2026-11-01T08:00:00Z" },
    ];
    const here = { id: "reply", received_at: "2026-11-02T09:00:00+00:00" };
    const other = { id: "earlier", received_at: "2026-11-01T12:00:00Z" };
    const ids = buildThread(here, sent, [other]).map(({ kind, mail }) => `${kind} ${mail.id}`);
    expect(ids).toEqual(["sent mail 1", "received earlier", "this reply", "sent answer"]);
  });
});

describe("An answer's subject", () => {
  it.each([
    ["5730 N Valley Blvd", "Re: 5730 N Valley Blvd"],
    ["RE: Re: 5730 N Valley Blvd", "Re: 5730 N Valley Blvd"],
    ["AW: Fwd: Halle", "Re: Halle"],
    ["", "Re: your mail"],
    ["Renewal: suite 4", "Re: Renewal: suite 4"],
    ["owe \u202eyou\r\nBcc: x@y.test", "Re: owe youBcc: x@y.test"],
  ])("of %j is %j", (subject, answered) => {
    expect(answerSubject(subject)).toBe(answered);
  });
});

describe("A row of the inbox", () => {
  it("previews the first words that say something, not the greeting", () => {
    expect(firstLine("Hi Dana,\n\nWe would take  $6.1M.\nBest")).toBe("We would take $6.1M.");
    expect(firstLine("Dana - asking $9,500,000 firm. Call me.")).toBe(
      "Dana - asking $9,500,000 firm. Call me.",
    );
    expect(firstLine("Hello,")).toBe("Hello,");
    expect(firstLine("---\n***\n")).toBeNull();
    expect(firstLine(null)).toBeNull();
  });

  it("says who decided, and how sure an agent is", () => {
    expect(saySureness("agent", 0.9)).toBe("90% sure");
    expect(saySureness("agent", 0)).toBe("not classified");
    expect(saySureness("rules", 1)).toBe("by rule");
    expect(saySureness("person", 1)).toBe("said by a person");
  });

  it("explains every flag in words, also one it has not heard of", () => {
    expect(readFlag("injection_attempt")).toMatchObject({ tone: "danger" });
    expect(readFlag("made_up_flag")?.title).toBe("made up flag");
    expect(readFlag("has_price")).toBeNull();
  });
});

describe("The address of an inbox view", () => {
  it("survives the round trip and leaves out what is usual", () => {
    expect(replyViewHref("/replies", { tab: "for_you", q: "" })).toBe("/replies");
    const href = replyViewHref("/replies", { tab: "done", q: "a & b", after: "2026~x" });
    const query = Object.fromEntries(new URL(href, "http://desk").searchParams);
    expect(replyViewSchema.parse(query)).toMatchObject({ tab: "done", q: "a & b", after: "2026~x" });
  });

  it("falls back to the plain inbox for an address nobody made", () => {
    const view = replyViewSchema.parse({ tab: ["x"], q: "y".repeat(500), after: "z".repeat(2_001) });
    expect(view).toEqual({ tab: "for_you", q: "", after: undefined, before: undefined });
  });
});

describe("What was done with a mail", () => {
  it("is read from the audit row, and is nothing where the row lists nothing", () => {
    expect(readDid({ did: ["sequence stopped", 3] })).toEqual(["sequence stopped"]);
    expect(readDid({ did: "x" })).toEqual([]);
    expect(readDid(null)).toEqual([]);
  });
});
