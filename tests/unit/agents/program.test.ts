import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AgentError } from "@/lib/agents/failure";
import { type Machine, resolveProgram } from "@/lib/agents/program";

const NPM = "C:\\Users\\Dana Whitfield\\AppData\\Roaming\\npm";

function windows(files: readonly string[], path = `C:\\Windows\\system32;"${NPM}"`): Machine {
  const known = new Set(files.map((file) => file.toLowerCase()));
  return {
    platform: "win32",
    env: { Path: path, USERPROFILE: "C:\\Users\\Dana Whitfield" },
    exists: (file) => known.has(file.toLowerCase()),
  };
}

describe("on Windows", () => {
  test("claude.exe itself is started, wherever it lies", () => {
    const own = "C:\\Users\\Dana Whitfield\\.local\\bin\\claude.exe";
    const inNpm = `${NPM}\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe`;
    expect(resolveProgram("claude", windows([own]))).toBe(own);
    expect(resolveProgram("claude", windows([`${NPM}\\claude.exe`]))).toBe(`${NPM}\\claude.exe`);
    expect(resolveProgram("claude", windows([`${NPM}\\claude.cmd`, inNpm]))).toBe(inNpm);
    expect(resolveProgram(`${NPM}\\claude.cmd`, windows([`${NPM}\\claude.cmd`, inNpm]))).toBe(inNpm);
  });

  test("the .cmd alone is refused with what to do, because it would read arguments as commands", () => {
    for (const asked of ["claude", "claude.cmd", `${NPM}\\claude.cmd`])
      expect(() => resolveProgram(asked, windows([`${NPM}\\claude.cmd`])), asked).toThrow(
        /point CLAUDE_CODE_PATH at claude\.exe/,
      );
    expect(() => resolveProgram("claude.ps1", windows([]))).toThrow(AgentError);
  });

  test("never a script, whatever the path is called; a path copied with its quotes is found as it is meant", () => {
    const folder = fc.constantFrom(
      NPM,
      "D:\\Programme & Söhne",
      "\\\\server\\share\\100% sure",
      "C:/with/slashes",
    );
    const name = fc.constantFrom(
      "claude",
      "claude.cmd",
      "CLAUDE.CMD",
      "claude.bat",
      "claude.ps1",
      "claude.exe",
    );
    fc.assert(
      fc.property(folder, name, fc.boolean(), fc.boolean(), (where, called, hasProgram, quoted) => {
        const full = `${where}\\${called}`;
        const here = [`${where}\\claude.cmd`, ...(hasProgram ? [`${where}\\claude.exe`] : [])];
        const machine = windows(here.map((file) => file.replaceAll("/", "\\")));
        let started: string;
        try {
          started = resolveProgram(quoted ? `"${full}"` : full, machine);
        } catch (error) {
          expect(error).toMatchObject({ kind: "not_installed" });
          return;
        }
        expect(started).toMatch(/\.exe$/i);
        expect(started).not.toContain('"');
      }),
    );
  });

  test("a program that is named in full is started as named", () => {
    for (const asked of ["D:\\tools\\claude.exe", "C:\\desk\\build\\claude.mjs"])
      expect(resolveProgram(asked, windows([]))).toBe(asked);
  });
});

test("elsewhere the name is taken as it is", () => {
  expect(resolveProgram("claude", { platform: "linux", env: {}, exists: () => false })).toBe("claude");
});
