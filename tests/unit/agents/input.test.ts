import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { toAgentInput, toCliSchema } from "@/lib/agents/cli-schema";
import { sourcingAnswerSchema } from "@/lib/criteria/sourcing-answer";
import { classificationSchema } from "@/lib/replies/classification";

describe("what an agent is given", () => {
  test("no text of a mail can become a file mention or a slash command, and none is lost", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom("@/etc/passwd", "/init", '@"C:\\x"', " @//host/x")),
        (text) => {
          const input = toAgentInput({ mail: { text } });
          expect(input).not.toContain("@");
          expect(input.startsWith("Input:\n")).toBe(true);
          expect(JSON.parse(input.slice("Input:\n".length))).toEqual({ mail: { text } });
        },
      ),
    );
  });

  test("the schemas carry no keyword that makes the CLI drop them", () => {
    for (const schema of [sourcingAnswerSchema, classificationSchema, z.object({ format: z.email() })]) {
      const json = toCliSchema(schema);
      expect(json).not.toContain("$schema");
      expect(json).not.toMatch(/"format":"/);
      expect(JSON.parse(json).type).toBe("object");
    }
    expect(JSON.parse(toCliSchema(z.object({ format: z.email() }))).properties).toHaveProperty("format");
  });
});
