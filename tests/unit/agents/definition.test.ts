import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { definitionVersion } from "@/lib/agents/definition-file";
import {
  AGENTS,
  AgentDefinitionError,
  findDefinitionProblems,
  parseDefinition,
  withModel,
} from "@/lib/agents/definition-text";
import { diffDefinition } from "@/lib/agents/diff-definition";
import { LEARNINGS_HEADING } from "@/lib/agents/learnings/fit-learnings";

const file = (name: string) => readFileSync(`.claude/agents/${name}.md`, "utf8");
const GOOD = file("response-classifier");
const problems = (source: string) => findDefinitionProblems("response-classifier", source).join(" ");

describe("an agent's definition", () => {
  test.each(AGENTS)("%s as it comes with the product is a good one", (name) => {
    expect(findDefinitionProblems(name, file(name))).toEqual([]);
    expect(parseDefinition(file(name)).name).toBe(name);
  });

  test("is the same version whatever line ends a checkout writes, and another with any other word", () => {
    const version = definitionVersion(GOOD);
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(definitionVersion(GOOD.replaceAll("\n", "\r\n"))).toBe(version);
    expect(definitionVersion(`\uFEFF${GOOD}\n\n`)).toBe(version);
    expect(definitionVersion(`${GOOD}x`)).not.toBe(version);
  });

  test("says in whole sentences what is wrong with it", () => {
    expect(problems("no front matter")).toContain("must start with front matter");
    expect(problems(GOOD.replace(/^name: .*$/m, "name: sourcing-agent"))).toContain(
      "It names sourcing-agent",
    );
    expect(problems(GOOD.replace(/^name: .*$/m, "name: somebody"))).toContain("name must be one of");
    expect(problems(GOOD.replace(/^description: .*$/m, ""))).toContain("description is missing");
    expect(problems(GOOD.replace(/^description: .*$/m, "oops"))).toContain("“oops” is not written as");
    expect(problems(GOOD.replace("---\n\nname", "---\ntools: Bash\nname"))).toContain(
      "Tools are never given",
    );
    expect(problems(GOOD.replace("# response-classifier", "# somebody"))).toContain("begin with the heading");
    expect(problems(GOOD.replaceAll("`confidence`", "confidence"))).toContain("what `confidence` is");
    expect(problems(`${GOOD}\n${LEARNINGS_HEADING}\n- x`)).toContain("is written by the system");
    expect(problems(`${GOOD}${"x".repeat(66_000)}`)).toContain("65536 are allowed");
  });

  test("a model's name can never be read as a flag or as two arguments", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        let model: string | undefined;
        try {
          model = parseDefinition(withModel(GOOD, text)).model;
        } catch (error) {
          expect(error).toBeInstanceOf(AgentDefinitionError);
        }
        if (model !== undefined) expect(model).toMatch(/^[A-Za-z0-9][^\s]*$/);
      }),
    );
  });

  test("with another model differs in that line alone", () => {
    const changed = withModel(GOOD, "claude-haiku-4-5");
    expect(parseDefinition(changed)).toEqual({ ...parseDefinition(GOOD), model: "claude-haiku-4-5" });
    expect(parseDefinition(withModel(changed, "opus")).model).toBe("opus");
    expect(problems(changed)).toBe("");
  });

  test("no text makes reading it fail in any other way than saying why", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `---\n${text}\n---\n${text}`),
        ),
        (text) => {
          expect(Array.isArray(findDefinitionProblems("sourcing-agent", text))).toBe(true);
        },
      ),
    );
  });
});

describe("what a change changes", () => {
  const lines = (count: number, at = -1) =>
    Array.from({ length: count }, (_, index) => (index === at ? "CHANGED" : `line ${index}`)).join("\n");

  test("is shown line by line, with three lines around it and the rest counted", () => {
    const diff = diffDefinition(lines(20), lines(20, 10));
    expect(diff.map((line) => (line.kind === "gap" ? line.lines : `${line.kind} ${line.text}`))).toEqual([
      7,
      ...["same line 7", "same line 8", "same line 9"],
      ...["removed line 10", "added CHANGED"],
      ...["same line 11", "same line 12", "same line 13"],
      6,
    ]);
  });

  test("is nothing between equal texts, and all of both can be read from it otherwise", () => {
    expect(diffDefinition("a\nb\n", "a\nb")).toEqual([]);
    const text = fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const diff = diffDefinition(one.join("\n"), other.join("\n"));
        const kept = (kind: string) =>
          diff.flatMap((line) =>
            line.kind === "same" || (line.kind !== "gap" && line.kind === kind) ? [line.text] : [],
          );
        if (diff.length > 0 && diff.every((line) => line.kind !== "gap")) {
          expect(kept("removed")).toEqual(one);
          expect(kept("added")).toEqual(other);
        }
      }),
    );
  });
});
