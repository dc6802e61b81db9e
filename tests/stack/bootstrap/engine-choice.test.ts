import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseEnv } from "@/lib/server/env";
import { readFlags } from "@/stack/bootstrap/flags.mjs";
import { chooseParts } from "@/stack/launcher/choose-parts";
import { flagsSchema } from "@/stack/launcher/flags";
import { findDevServer, startDevServer } from "@/stack/launcher/start-dev-server";

const choose = (argv: string[], source: Record<string, string> = {}) =>
  chooseParts(flagsSchema.parse(readFlags(["--engine-port", "8", ...argv], {})), parseEnv(source), source);

import { freePort } from "../supabase/support/free-port";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-engine-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("which engine is used", () => {
  test("the embedded one when nothing else is there or asked for", async () => {
    expect(await choose([])).toMatchObject({
      embeddedEngine: true,
      devServer: false,
      engineUrl: "http://127.0.0.1:8",
    });
  });

  test.each([
    [{ INNGEST_DEV: "http://127.0.0.1:9999/" }, "http://127.0.0.1:9999"],
    [{ INNGEST_BASE_URL: "https://inngest.example" }, "https://inngest.example"],
    [
      { INNGEST_BASE_URL: "https://inngest.example", INNGEST_SIGNING_KEY: "signkey-test-00" },
      "https://inngest.example",
    ],
  ])("the one the settings name: %j", async (source, engineUrl) => {
    expect(await choose([], source)).toMatchObject({ embeddedEngine: false, devServer: false, engineUrl });
  });

  test("INNGEST_DEV=1 names no server", async () => {
    expect((await choose([], { INNGEST_DEV: "1" })).embeddedEngine).toBe(true);
  });

  test("keys without the address of their server are refused", async () => {
    await expect(choose([], { INNGEST_SIGNING_KEY: "signkey-test-00" })).rejects.toThrow("INNGEST_BASE_URL");
  });

  test("a server that answers at the engine's address, unless one is asked for by name", async () => {
    const server = http.createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const port = String((server.address() as AddressInfo).port);
    expect((await choose(["--engine-port", port])).embeddedEngine).toBe(false);
    await expect(choose(["--engine-port", port, "--engine", "inngest"])).rejects.toThrow("answers at");
    await new Promise((resolve) => server.close(resolve));
  });

  test("Inngest's dev server when it is asked for", async () => {
    expect(await choose(["--engine", "inngest"])).toMatchObject({ embeddedEngine: false, devServer: true });
    expect(() => readFlags(["--engine", "temporal"], {})).toThrow(
      '--engine is "temporal"; allowed: embedded, inngest.',
    );
    await expect(choose(["--engine", "inngest"], { INNGEST_DEV: "http://127.0.0.1:9999" })).rejects.toThrow(
      "9999",
    );
  });
});

describe("Inngest's dev server", () => {
  test("is found where INNGEST_CLI_PATH says, beside the packages, or on the path", () => {
    const bin = path.join(folder, "node_modules", ".bin");
    fs.mkdirSync(bin, { recursive: true });
    expect(() => findDevServer(folder, { PATH: "" })).toThrow("npm install --no-save inngest-cli");
    fs.writeFileSync(path.join(folder, "inngest"), "");
    expect(findDevServer(folder, { PATH: folder })).toBe(path.join(folder, "inngest"));
    fs.writeFileSync(path.join(bin, "inngest-cli"), "");
    expect(findDevServer(folder, { PATH: folder })).toBe(path.join(bin, "inngest-cli"));
    expect(findDevServer(folder, { INNGEST_CLI_PATH: path.join(folder, "inngest") })).toBe(
      path.join(folder, "inngest"),
    );
    expect(() => findDevServer(folder, { INNGEST_CLI_PATH: "/nowhere" })).toThrow("no such file");
  });

  test.skipIf(process.platform === "win32").each([
    ["keeps its runs where its version can", "   --persist   Persist data in between restarts", true],
    ["is not given a flag it does not know", "   --no-poll   Disable polling", false],
  ])(
    "is started for this desk's functions, ends with it, and %s",
    async (_what, help, persists) => {
      const program = path.join(folder, "inngest-cli");
      const script = `#!/bin/sh\nif [ "$2" = --help ]; then echo "${help}"; exit; fi\necho "error $$ $*"\nexec sleep 600\n`;
      fs.writeFileSync(program, script, { mode: 0o755 });
      const port = String(await freePort());
      const flags = flagsSchema.parse(
        readFlags(["--engine-port", port, "--port", "38300", "--data", folder], {}),
      );
      const said: string[] = [];
      const child = await startDevServer(
        process.cwd(),
        flags,
        { ...process.env, INNGEST_CLI_PATH: program },
        (line) => said.push(line),
      );
      await expect.poll(() => said.length, { timeout: 10_000 }).toBe(1);
      const [, pid, args] = /^error (\d+) (.*)$/.exec(said[0] ?? "") ?? [];
      expect(args).toBe(
        `dev --no-discovery --host 127.0.0.1 --port ${port} -u http://127.0.0.1:38300/api/inngest${
          persists ? ` --persist --sqlite-dir ${path.join(folder, "inngest")}` : ""
        }`,
      );
      await child.stop();
      await expect.poll(() => isAlive(Number(pid)), { timeout: 5_000 }).toBe(false);
    },
    20_000,
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended; only its parent has not noticed.
    return !/\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
