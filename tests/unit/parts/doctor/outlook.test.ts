import { describe, expect, test } from "vitest";
import { MailboxError } from "@/lib/mailbox/mailbox-error";
import { outlookResultSchemas } from "@/lib/mailbox/outlook/contract";
import { elevation } from "@/lib/parts/doctor/checks/elevation";
import { newOutlook } from "@/lib/parts/doctor/checks/new-outlook";
import { outlookAccounts } from "@/lib/parts/doctor/checks/outlook-accounts";
import { outlookAnswers } from "@/lib/parts/doctor/checks/outlook-answers";
import { outlookInstalled } from "@/lib/parts/doctor/checks/outlook-installed";
import { outlookRunning } from "@/lib/parts/doctor/checks/outlook-running";
import { programmaticAccess } from "@/lib/parts/doctor/checks/programmatic-access";
import { scriptHost } from "@/lib/parts/doctor/checks/script-host";
import { windows } from "@/lib/parts/doctor/checks/windows";
import { CHECKS } from "@/lib/parts/doctor/list-checks";
import { ended, look, registry, type ToolChange } from "./fake-tools";
import { mailAccount } from "./mail-account";

const onWindows = (change: ToolChange = {}): ToolChange => ({ platform: "win32", ...change });
const ID = "{0006F03A-0000-0000-C000-000000000046}";
const OUTLOOK = "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE";
const PREFERENCES = "HKCU\\Software\\Microsoft\\Office\\16.0\\Outlook\\Preferences|UseNewOutlook";
const SECURITY = "\\Microsoft\\Office\\16.0\\Outlook\\Security";
const ping = (change: object = {}) => ({
  pingOutlook: async () =>
    outlookResultSchemas.ping.parse({
      product: "Microsoft Outlook",
      version: "16.0",
      accounts: ["desk@example.com"],
      trusted: true,
      offline: false,
      ...change,
    }),
});
const silent = (kind: MailboxError["kind"]) => ({
  pingOutlook: () => Promise.reject(new MailboxError("Outlook says: no", true, { kind })),
});

describe("on a computer that is not Windows", () => {
  test("says what to do instead, and leaves every check of Outlook out", async () => {
    expect(await look(windows)).toMatchObject({
      status: "note",
      says: expect.stringMatching(/This is not Windows/),
      cure: expect.stringMatching(/SMTP and IMAP/),
    });
    for (const check of CHECKS.filter((one) => one.group === "Outlook" && one.id !== "windows"))
      expect(await look(check), check.id).toMatchObject({ status: "skipped", says: "This is not Windows." });
  });

  test("has nothing to mend where mail goes by SMTP and IMAP", async () => {
    expect((await look(windows, { mailAccounts: () => [mailAccount()] })).status).toBe("fine");
    const desk = onWindows({ mailAccounts: () => [mailAccount()] });
    expect(await look(outlookInstalled, desk)).toMatchObject({ status: "skipped" });
  });
});

describe("Windows Script Host", () => {
  const there = { exists: (file: string) => file === "C:\\Windows\\System32\\cscript.exe" };
  const policy = "HKLM\\Software\\Microsoft\\Windows Script Host\\Settings|Enabled";
  const running = (stdout: string) => registry({}, () => ended(stdout));

  test("has to be there, allowed, and able to run a script", async () => {
    expect((await look(scriptHost, onWindows())).says).toMatch(/cscript\.exe is not there/);
    expect(
      await look(scriptHost, onWindows({ ...there, run: registry({ [policy]: "REG_DWORD 0x0" }) })),
    ).toMatchObject({ status: "mend", says: expect.stringMatching(/policy/) });
    expect(
      await look(scriptHost, onWindows({ ...there, run: running("Input Error: no engine") })),
    ).toMatchObject({
      status: "mend",
      says: expect.stringMatching(/no engine/),
    });
    expect(await look(scriptHost, onWindows({ ...there, run: running("engine 5.8\r\n") }))).toMatchObject({
      status: "fine",
      says: expect.stringMatching(/JScript 5\.8/),
    });
  });

  test("does not matter where another program stands in its place", async () => {
    const env = { OUTLOOK_HOST: "C:\\hosts\\mine.exe" };
    expect((await look(scriptHost, onWindows({ env }))).status).toBe("fine");
  });
});

describe("Outlook as it is installed", () => {
  const progId = { "HKCR\\Outlook.Application\\CLSID|": `REG_SZ ${ID}` };
  const server = { [`HKCR\\CLSID\\${ID}\\LocalServer32|`]: `REG_SZ "${OUTLOOK}" /automation` };
  const exists = (file: string) => file === OUTLOOK;

  test("is found by its program", async () => {
    expect(
      await look(outlookInstalled, onWindows({ run: registry({ ...progId, ...server }), exists })),
    ).toMatchObject({ status: "fine", says: expect.stringContaining(OUTLOOK) });
  });

  test("is missed, also when its registration is left behind", async () => {
    expect((await look(outlookInstalled, onWindows())).says).toMatch(/No Outlook is installed/);
    expect(
      (await look(outlookInstalled, onWindows({ run: registry({ ...progId, ...server }) }))).cure,
    ).toMatch(/Repair/);
    const olk = (file: string) => file.endsWith("olk.exe");
    expect((await look(outlookInstalled, onWindows({ exists: olk }))).says).toMatch(/Only the new Outlook/);
  });

  test("for 32-bit programs only asks for the 32-bit script host", async () => {
    const both = registry({ ...progId, ...server });
    const run: typeof both = async (program, args) =>
      args.includes("/reg:64") && args[1]?.includes("LocalServer32") ? ended("", 1) : both(program, args);
    expect((await look(outlookInstalled, onWindows({ run, exists }))).cure).toMatch(/SysWOW64\\cscript\.exe/);
    const env = { OUTLOOK_HOST: "C:\\Windows\\SysWOW64\\cscript.exe" };
    expect((await look(outlookInstalled, onWindows({ run, exists, env }))).status).toBe("fine");
  });

  test("must not be switched to the new Outlook", async () => {
    const on = registry({ [PREFERENCES]: "REG_DWORD 0x1" });
    expect(await look(newOutlook, onWindows({ run: on }))).toMatchObject({
      status: "mend",
      cure: expect.stringMatching(/SMTP and IMAP/),
    });
    const off = registry({ [PREFERENCES]: "REG_DWORD 0x0" });
    expect((await look(newOutlook, onWindows({ run: off }))).status).toBe("fine");
  });
});

describe("Outlook as it runs", () => {
  const task = (pid: number, session: number, user: string) =>
    `"X.EXE","${pid}","Console","${session}","100 K","Running","${user}","0:00:01","N/A"\r\n`;
  const machine = (outlook: string, self = task(process.pid, 1, "PC\\dana"), groups = "S-1-16-8192") =>
    onWindows({
      run: async (program: string, args: readonly string[]) => {
        if (program.endsWith("whoami.exe")) return ended(groups);
        return ended(args.includes("IMAGENAME eq OUTLOOK.EXE") ? outlook : self);
      },
    });

  test("has to be open, in the same Windows session", async () => {
    expect((await look(outlookRunning, machine("INFO: No tasks are running.\r\n"))).cure).toMatch(
      /Open classic Outlook/,
    );
    expect((await look(outlookRunning, machine(task(7, 2, "PC\\dana")))).says).toMatch(
      /another Windows session/,
    );
    expect((await look(outlookRunning, machine(task(7, 1, "PC\\dana")))).status).toBe("fine");
  });

  test("has to have the same elevation", async () => {
    const outlook = task(7, 1, "PC\\dana");
    expect((await look(elevation, machine(outlook, "", "S-1-16-12288"))).says).toMatch(
      /This window runs as administrator/,
    );
    expect((await look(elevation, machine(task(7, 1, "Nicht verf\u00fcgbar")))).says).toMatch(
      /Outlook runs as administrator/,
    );
    expect((await look(elevation, machine(outlook))).status).toBe("fine");
  });
});

describe("programmatic access", () => {
  const policy = `HKCU\\Software\\Policies${SECURITY}`;
  const decided = (send: string) =>
    registry({
      [`${policy}|AdminSecurityMode`]: "REG_DWORD 0x3",
      [`${policy}|PromptOOMSend`]: `REG_DWORD ${send}`,
    });
  const guard = (value: string) =>
    registry({ [`HKLM\\SOFTWARE${SECURITY}|ObjectModelGuard`]: `REG_DWORD ${value}` });
  const scanner = (stdout: string, exitCode = 0) => registry({}, () => ended(stdout, exitCode));
  const status = async (run: ToolChange["run"]) =>
    (await look(programmaticAccess, onWindows({ run }))).status;

  test.each([
    ["a policy allows it", decided("0x2"), "fine"],
    ["a policy asks each time", decided("0x1"), "mend"],
    ["a policy forbids it", decided("0x0"), "mend"],
    ["Outlook never warns", guard("0x2"), "fine"],
    ["Outlook always warns", guard("0x1"), "mend"],
    ["a current virus scanner runs", scanner("397568\r\n"), "fine"],
    ["one of two virus scanners is current", scanner("393472,397568"), "fine"],
    ["the virus scanner is off", scanner("393472"), "mend"],
    ["the virus scanner is out of date", scanner("397584"), "mend"],
    ["there is no virus scanner", scanner(""), "mend"],
    ["Windows does not say", scanner("", 1), "note"],
  ])("when %s is as it should be said", async (_when, run, expected) => {
    expect(await status(run)).toBe(expected);
  });
});

describe("Outlook's own answer", () => {
  test.each([
    ["answers", ping(), "fine"],
    ["works offline", ping({ offline: true }), "mend"],
    ["does not trust programs", ping({ trusted: false }), "note"],
    ["is a stand-in", ping({ standIn: true }), "note"],
    ["cannot be reached", silent("unreachable"), "mend"],
    ["refuses access", silent("auth"), "mend"],
    ["fails in a new way", silent("failed"), "mend"],
  ])("when it %s is as it should be said", async (_when, change, status) => {
    const finding = await look(outlookAnswers, onWindows(change));
    expect(finding.status).toBe(status);
    if (status === "mend") expect(finding.cure).toBeTruthy();
  });

  test("has to have the accounts the desk sends from", async () => {
    const of = (change: ToolChange) => look(outlookAccounts, onWindows({ ...ping(), ...change }));
    expect((await of({})).status).toBe("fine");
    expect((await of(ping({ accounts: [] }))).status).toBe("mend");
    expect((await of(ping({ accounts: ["a@x.example", "b@x.example"] }))).cure).toMatch(/OUTLOOK_ACCOUNTS/);
    expect((await of({ env: { OUTLOOK_ACCOUNTS: "desk@example.com" } })).status).toBe("fine");
    expect(await of({ env: { OUTLOOK_ACCOUNTS: "desk@example.com,other@example.com" } })).toMatchObject({
      status: "mend",
      says: expect.stringMatching(/names other@example\.com, which Outlook does not have/),
    });
    const bySmtp = {
      env: { OUTLOOK_ACCOUNTS: "desk@example.com,other@example.com" },
      mailAccounts: () => [mailAccount("other@example.com")],
    };
    expect((await of(bySmtp)).status).toBe("fine");
    expect((await of(silent("unreachable"))).status).toBe("skipped");
  });
});
