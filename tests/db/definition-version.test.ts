import fc from "fast-check";
import { expect, it } from "vitest";
import { definitionVersion } from "@/lib/agents/definition-file";
import { normalizeDefinition } from "@/lib/agents/definition-text";
import { openDesk } from "./support/open-desk";

const desk = openDesk();

it("names a definition by its text as the file on disk is named: any script, any line ends", async () => {
  const line = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
  const texts = fc
    .sample(fc.tuple(fc.array(line, { minLength: 1, maxLength: 5 }), fc.constantFrom("\n", "\r\n")), 100)
    .map(([lines, end]) => lines.join(end));
  for (const text of ["\uFEFFa\r\nb\r\n", "Größe 🏢 物件\n", ...texts]) {
    const [row] = await desk().db.query<{ version: string }>(
      "select public.definition_version($1) as version",
      [normalizeDefinition(text)],
    );
    expect(row?.version).toBe(definitionVersion(text));
  }
});
