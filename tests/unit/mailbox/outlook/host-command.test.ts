import { describe, expect, test } from "vitest";
import { hostCommand } from "@/lib/mailbox/outlook/host-command";

const place = { outlookHost: undefined, platform: "win32", root: "/desk", systemRoot: "D:\\Win" } as const;

describe("the program that talks to Outlook", () => {
  test("is Windows' own script host, with the engine named", () => {
    expect(hostCommand(place)).toEqual([
      "D:\\Win\\System32\\cscript.exe",
      "//Nologo",
      "//E:JScript",
      "/desk/lib/mailbox/outlook/outlook-host.js",
    ]);
  });

  test("is the 32-bit script host where that is set, with the same script", () => {
    const [program, ...rest] = hostCommand({ ...place, outlookHost: "C:\\Windows\\SysWOW64\\cscript.exe" });
    expect(program).toBe("C:\\Windows\\SysWOW64\\cscript.exe");
    expect(rest).toEqual(hostCommand(place).slice(1));
  });

  test("is any program that is set, a script by this Node", () => {
    expect(hostCommand({ ...place, outlookHost: "/opt/host" })).toEqual(["/opt/host"]);
    expect(hostCommand({ ...place, outlookHost: "/opt/host.mjs" })).toEqual([
      process.execPath,
      "/opt/host.mjs",
    ]);
  });

  test("is missing elsewhere, in words", () => {
    expect(() => hostCommand({ ...place, platform: "darwin" })).toThrow(/Windows only/);
  });
});
