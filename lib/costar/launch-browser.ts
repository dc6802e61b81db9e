import "server-only";
import { existsSync } from "node:fs";
import { type BrowserContext, chromium } from "playwright";
import { env } from "@/lib/server/env";
import { SignInError } from "./errors";
import type { BrowserStorage } from "./kept-session";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Starts the operator's own Chrome or Chromium, with a window where there is a display: on the profile folder of COSTAR_PROFILE_DIR,
 * which then keeps the cookies itself, or on an empty profile with what was kept from the last session.
 * @throws {SignInError} when no browser is found or it does not start.
 */
export async function launchBrowser(kept: BrowserStorage | null): Promise<BrowserContext> {
  const executablePath = env().CHROMIUM_PATH ?? USUAL_PLACES.find(existsSync);
  if (!executablePath)
    throw new SignInError("No Chrome or Chromium was found. Install one, or set CHROMIUM_PATH to it.");
  const hasDisplay =
    process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  // Chromium refuses to run as root with its sandbox on.
  const isRoot = process.getuid?.() === 0;
  const options = {
    executablePath,
    headless: !hasDisplay,
    timeout: 30_000,
    args: ["--disable-background-networking", "--no-first-run", ...(isRoot ? ["--no-sandbox"] : [])],
  };
  const profile = env().COSTAR_PROFILE_DIR;
  try {
    if (profile) return await chromium.launchPersistentContext(profile, options);
    const browser = await chromium.launch(options);
    try {
      return await browser.newContext(kept ? { storageState: kept } : {});
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (cause) {
    throw new SignInError(
      profile
        ? `The browser at ${executablePath} did not start on the profile ${profile}. Close other windows of that profile.`
        : `The browser at ${executablePath} did not start.`,
      { cause },
    );
  }
}

/** Closes a browser with everything in it. */
export async function closeBrowser(context: BrowserContext): Promise<void> {
  const browser = context.browser();
  await context.close();
  await browser?.close();
}
