import { describe, expect, test } from "vitest";
import { z } from "zod";
import { toCliSchema } from "@/lib/agents/cli-schema";
import { compareOutputs } from "@/lib/agents/compare-outputs";
import { sourcingAnswerSchema } from "@/lib/criteria/sourcing-answer";
import { classificationSchema } from "@/lib/replies/classification";
import { sourcing, sourcingInput } from "@/tests/stack/stand-ins/claude/claude-under-test";

const verdict = (category: string) => ({ category, confidence: 0.9 });
const compareVerdicts = (live: unknown, candidate: unknown) =>
  compareOutputs("response-classifier", live, candidate, {});

describe("how far two answers agree", () => {
  test("for the classifier: the same category or not, whatever its confidence", () => {
    expect(compareVerdicts(verdict("interested"), { ...verdict("interested"), confidence: 0.2 })).toEqual({
      bps: 10_000,
      note: "interested",
    });
    expect(compareVerdicts(verdict("interested"), verdict("soft_pass"))).toEqual({
      bps: 0,
      note: "interested → soft_pass",
    });
    expect(compareVerdicts(verdict("interested"), { text: "no" })).toBeNull();
  });

  test("for several mails at once: mail by mail, in whatever order they are answered", () => {
    const one = {
      verdicts: [
        { id: "a", ...verdict("interested") },
        { id: "b", ...verdict("question") },
      ],
    };
    const other = {
      verdicts: [
        { id: "b", ...verdict("question") },
        { id: "a", ...verdict("other") },
      ],
    };
    expect(compareVerdicts(one, other)).toEqual({ bps: 5000, note: "interested → other" });
  });

  test("for sourcing: by what the payloads would find, not by their titles or order", async () => {
    const input = sourcingInput();
    const live = await sourcing();
    const compare = (candidate: unknown) => compareOutputs("sourcing-agent", live, candidate, input);
    expect(compare(live)).toEqual({ bps: 10_000, note: "all payloads" });
    const renamed = live.payloads
      .map((payload, index) => ({ ...payload, title: `Search ${index}` }))
      .reverse();
    expect(compare({ ...live, payloads: renamed })?.bps).toBe(10_000);
    const fewer = compare({ ...live, payloads: live.payloads.slice(0, 1) });
    expect(fewer?.bps).toBe(Math.round(10_000 / live.payloads.length));
    const elsewhere = await sourcing({ markets: ["Denver"] });
    expect(compare(elsewhere)?.bps).toBeLessThan(9000);
    expect(compare("nothing")).toBeNull();
  });
});

describe("a recorded run's schema", () => {
  test("judges an answer as the task's own schema does", async () => {
    const answer = await sourcing();
    const read = (schema: z.ZodType) => z.fromJSONSchema(JSON.parse(toCliSchema(schema)));
    expect(read(sourcingAnswerSchema).safeParse(answer).success).toBe(true);
    expect(read(sourcingAnswerSchema).safeParse({ ...answer, payloads: [] }).success).toBe(false);
    expect(read(classificationSchema).safeParse({ category: "bounce" }).success).toBe(false);
  });
});
