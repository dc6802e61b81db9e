import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { OutlookRequest } from "@/lib/mailbox/outlook/contract";
import { removeOldRequests } from "@/lib/mailbox/outlook/request-file";
import { type HostCommand, runHost } from "@/lib/mailbox/outlook/run-host";
import { SEND } from "./requests";

const disk = vi.hoisted(() => ({ isFull: false, isLocked: false }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const failing = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
  return {
    ...real,
    writeFile: (...args: Parameters<typeof real.writeFile>) =>
      disk.isFull && String(args[0]).includes("upstream-outlook-")
        ? failing("ENOSPC")
        : real.writeFile(...args),
    rm: (...args: Parameters<typeof real.rm>) => (disk.isLocked ? failing("EBUSY") : real.rm(...args)),
  };
});

const PING: OutlookRequest = { action: "ping" };
const realTemp = process.env.TMPDIR;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "run-host-"));
  process.env.TMPDIR = folder;
});

afterEach(async () => {
  disk.isFull = disk.isLocked = false;
  if (realTemp === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = realTemp;
  await rm(folder, { recursive: true });
});

/** A host made of one line of JavaScript; `file` is the request's path. */
async function host(body: string): Promise<HostCommand> {
  const program = path.join(folder, "host.mjs");
  await writeFile(program, `import fs from "node:fs"; const file = process.argv[2]; ${body}`);
  return [process.execPath, program];
}
const answer = (json: string) => `console.log(JSON.stringify(${json}));`;
const requestsLeft = async () =>
  (await readdir(folder)).filter((name) => name.startsWith("upstream-outlook-"));

describe("one call of the Outlook host", () => {
  test("reads a request that only this user can read and that is gone afterwards", async () => {
    const command = await host(
      answer(`{ ok: true, result: { mode: fs.statSync(file).mode & 0o777,
        folder: fs.statSync(file + "/..").mode & 0o777, text: fs.readFileSync(file, "latin1") } }`).replace(
        'file + "/.."',
        'file.slice(0, file.lastIndexOf("/"))',
      ),
    );
    const seen = (await runHost(SEND, command)) as { mode: number; folder: number; text: string };
    expect([seen.mode, seen.folder]).toEqual([0o600, 0o700]);
    expect(seen.text).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(seen.text)).toEqual(SEND);
    expect(await requestsLeft()).toEqual([]);
  });

  test("is never made while another is under way", async () => {
    const busy = path.join(folder, "busy");
    const command = await host(
      `fs.mkdirSync(${JSON.stringify(busy)}); fs.rmdirSync(${JSON.stringify(busy)}); ${answer("{ ok: true, result: 1 }")}`,
    );
    expect(await Promise.all([1, 2, 3, 4].map(() => runHost(PING, command)))).toEqual([1, 1, 1, 1]);
  });

  test("goes on after a call that failed", async () => {
    await expect(runHost(PING, await host("process.exit(3)"))).rejects.toThrow(/no answer/);
    expect(await runHost(PING, await host(answer("{ ok: true, result: 2 }")))).toBe(2);
  });

  test("ends a host that hangs, with everything it started, and stays uncertain", {
    timeout: 30_000,
  }, async () => {
    const pidFile = path.join(folder, "pid");
    const command = await host(`
      const { spawn } = await import("node:child_process");
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
      fs.writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
      process.on("SIGTERM", () => {});
      setInterval(() => {}, 1000);`);
    await expect(runHost(SEND, command, 1500)).rejects.toMatchObject({
      certain: false,
      kind: "busy",
      message: expect.stringMatching(/did not answer within 1.5 seconds.*prompt/),
    });
    const pid = Number(await readFile(pidFile, "utf8"));
    // An ended process keeps its number until whoever adopted it has noticed.
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 15_000 });
    expect(await requestsLeft()).toEqual([]);
  });

  test("that cannot be started left nothing with Outlook", async () => {
    await expect(runHost(SEND, [path.join(folder, "nowhere")])).rejects.toMatchObject({
      certain: true,
      kind: "unreachable",
    });
    expect(await requestsLeft()).toEqual([]);
  });

  test("on a full disk left nothing with Outlook, and says so", async () => {
    disk.isFull = true;
    const command = await host(`fs.writeFileSync(${JSON.stringify(path.join(folder, "ran"))}, "")`);
    await expect(runHost(SEND, command)).rejects.toMatchObject({
      certain: true,
      kind: "busy",
      message: expect.stringMatching(/is full/),
    });
    expect(existsSync(path.join(folder, "ran"))).toBe(false);
    expect(await requestsLeft()).toEqual([]);
  });

  test("keeps its answer when the request's file cannot be removed", async () => {
    const command = await host(answer("{ ok: true, result: 3 }"));
    disk.isLocked = true;
    expect(await runHost(PING, command)).toBe(3);
  });

  test.each([
    ["a NUL in the body", { bodyText: "a\u0000" }],
    ["a header in the subject", { subject: "x\r\nBcc: a@b.example" }],
    ["two addresses in one", { to: ["a@b.example, c@d.example"] }],
    ["a body of 5 MB", { bodyText: "x".repeat(5_000_000) }],
  ])("with %s is refused before any program starts", async (_what, change) => {
    const command = await host(`fs.writeFileSync(${JSON.stringify(path.join(folder, "ran"))}, "")`);
    await expect(runHost({ ...SEND, ...change }, command)).rejects.toMatchObject({
      certain: true,
      kind: "invalid",
    });
    expect(existsSync(path.join(folder, "ran"))).toBe(false);
  });

  test.each([
    ["nothing", "", /printed no answer/],
    ["prose", 'console.log("Input Error: no script engine")', /no script engine/],
    ["another shape", "console.log('{\"fine\":true}')", /another shape/],
  ])("that prints %s stays uncertain", async (_what, body, message) => {
    await expect(runHost(SEND, await host(body))).rejects.toMatchObject({
      certain: false,
      message: expect.stringMatching(message),
    });
  });

  test("passes on what kind of failure it was, and whether the mail stayed", async () => {
    const error = '{ message: "no", kind: "rejected", hresult: "0x80040607", notSent: true }';
    await expect(runHost(SEND, await host(answer(`{ ok: false, error: ${error} }`)))).rejects.toMatchObject({
      certain: true,
      kind: "rejected",
      message: "Outlook says: no (0x80040607)",
    });
    const unknown = '{ message: "no", kind: "strange" }';
    await expect(runHost(SEND, await host(answer(`{ ok: false, error: ${unknown} }`)))).rejects.toMatchObject(
      {
        certain: false,
        kind: "failed",
      },
    );
  });

  test("gives arguments as they are, never through a shell", async () => {
    const [node, program] = await host(answer("{ ok: true, result: process.argv.slice(2, -1) }"));
    const odd = ["$(touch x)", "a b", "; rm -rf /", '"', "%PATH%"];
    expect(await runHost(PING, [node, program ?? "", ...odd])).toEqual(odd);
  });
});

test("requests that a killed process left are removed, those of a running one are not", async () => {
  const left = await mkdtemp(path.join(folder, "upstream-outlook-"));
  const soon = Date.now() + 700_000;
  await utimes(left, new Date(soon), new Date(soon));
  await removeOldRequests(soon);
  expect(existsSync(left)).toBe(true);
  await removeOldRequests(soon + 700_000);
  expect(existsSync(left)).toBe(false);
});
