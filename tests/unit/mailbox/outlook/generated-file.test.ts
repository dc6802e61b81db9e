import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { parse, tokenizer, tokTypes } from "acorn";
import { describe, expect, test } from "vitest";
import { bundleHost, HOST_FILE } from "@/lib/mailbox/outlook/bundle-host";
import { oldEngine } from "./old-engine";

const source = readFileSync(HOST_FILE, "utf8").replaceAll("\r\n", "\n");

describe("the script that runs on the operator's PC", () => {
  test("is what its typed sources say", async () => {
    expect(source).toBe(await bundleHost());
  });

  test("parses as ECMAScript 3, with no reserved word as a name", () => {
    expect(() => parse(source, { ecmaVersion: 3, allowReserved: "never" })).not.toThrow();
  });

  test("is refused by that parser when newer syntax gets in", () => {
    for (const newer of [
      "var a = {b: 1,};",
      "x.default = 1;",
      "var a = {get b() { return 1; }};",
      "let a = 1;",
    ])
      expect(() => parse(source + newer, { ecmaVersion: 3, allowReserved: "never" }), newer).toThrow();
  });

  test("has no bare slash inside a character class, which ends the expression for an old engine", () => {
    const patterns: string[] = [];
    for (const token of tokenizer(source, { ecmaVersion: 3 }))
      if (token.type === tokTypes.regexp)
        patterns.push(source.slice(token.start + 1, token.end).replace(/\/[gim]*$/, ""));
    expect(patterns.length).toBeGreaterThan(5);
    for (const pattern of patterns) expect(pattern).not.toMatch(/\[(?:[^\]\\]|\\.)*\//);
  });

  test("is plain ASCII, as Windows Script Host reads files in the PC's own code page", () => {
    expect(source).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test("is tried on an engine that has nothing newer than Windows Script Host", () => {
    const context = oldEngine({});
    const newer =
      "typeof JSON + typeof [].map + typeof ''.trim + typeof Object.keys + typeof (function () {}).bind";
    expect(vm.runInContext(newer, context)).toBe("undefined".repeat(5));
  });

  test("has sources that fit Outlook's own type library", () => {
    const project = path.join(path.dirname(HOST_FILE), "host", "tsconfig.json");
    const tsc = path.resolve("node_modules/typescript/bin/tsc");
    expect(execFileSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" })).toBe("");
  });
});
