import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { E2E } from "../../../playwright.config";
import { startDeskProcess } from "./desk-process";

/** Starts the desk all tests share, on a folder of its own, and stops it after the last one. */
export default async function startDesk(): Promise<() => Promise<void>> {
  const data = mkdtempSync(path.join(os.tmpdir(), "upstream-e2e-"));
  const desk = await startDeskProcess(data, E2E, E2E);
  process.env.E2E_PHONE_URL = desk.phoneUrl;
  process.env.E2E_DATA = data;
  return async () => {
    await desk.stop();
    rmSync(data, { recursive: true, force: true });
  };
}
