import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { E2E } from "../../../playwright.config";

const START_MS = 240_000;

/** Starts a demo desk on a folder of its own, exactly as `npm start` does, and stops it after the last test. */
export default async function startDesk(): Promise<() => Promise<void>> {
  const data = mkdtempSync(path.join(os.tmpdir(), "upstream-e2e-"));
  const desk = spawn(
    process.execPath,
    [
      ...["stack/start.mjs", "--demo", "--data", data, "--port", String(E2E.port)],
      ...[
        "--api-port",
        String(E2E.apiPort),
        "--engine-port",
        String(E2E.enginePort),
        "--log-level",
        "WARNING",
      ],
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        SUPABASE_URL: "",
        UPSTREAM_ADMIN_EMAIL: E2E.email,
        UPSTREAM_ADMIN_PASSWORD: E2E.password,
        COSTAR_REQUESTS_PER_MINUTE: "570",
      },
    },
  );
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The desk did not start within ${START_MS / 1000} s.`)),
      START_MS,
    );
    desk.once("exit", (code) => reject(new Error(`The desk ended while starting (${code}).`)));
    desk.stdout.setEncoding("utf8");
    let printed = "";
    desk.stdout.on("data", (text: string) => {
      printed += text;
      const phone = /Phone for the CoStar sign-in: (\S+)/.exec(printed)?.[1];
      if (!/Ctrl-C stops it/.test(printed) || !phone) return;
      process.env.E2E_PHONE_URL = phone;
      process.env.E2E_DATA = data;
      clearTimeout(timer);
      resolve();
    });
  });
  return async () => {
    const ended = once(desk, "exit");
    desk.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
}
