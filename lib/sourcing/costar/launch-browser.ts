import "server-only";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright";
import { env } from "@/lib/config/env";
import { SignInError } from "./errors";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Starts the operator's own Chrome or Chromium, with a window where there is a display.
 * @throws {SignInError} when no browser is found or it does not start.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = env().CHROMIUM_PATH ?? USUAL_PLACES.find(existsSync);
  if (!executablePath)
    throw new SignInError("No Chrome or Chromium was found. Install one, or set CHROMIUM_PATH to it.");
  const hasDisplay =
    process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  // Chromium refuses to run as root with its sandbox on.
  const isRoot = process.getuid?.() === 0;
  try {
    return await chromium.launch({
      executablePath,
      headless: !hasDisplay,
      timeout: 30_000,
      args: ["--disable-background-networking", "--no-first-run", ...(isRoot ? ["--no-sandbox"] : [])],
    });
  } catch (cause) {
    throw new SignInError(`The browser at ${executablePath} did not start.`, { cause });
  }
}
