import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const isRoot = process.getuid?.() === 0;

/** Ports of their own, so that the tests run beside a desk that is running. */
export const E2E = {
  port: 3970,
  apiPort: 55970,
  enginePort: 8970,
  email: "dana@example.com",
  password: "a-password-for-the-tests",
} as const;

export default defineConfig({
  testDir: "tests/e2e",
  // All pages at once take minutes and pictures: `npm run shots` asks for them.
  testIgnore: process.env.UPSTREAM_SHOTS ? [] : ["pages.spec.ts"],
  outputDir: "test-results",
  globalSetup: "./tests/e2e/support/start-desk.ts",
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? "test-results/report.json" }],
  ],
  use: {
    baseURL: `http://127.0.0.1:${E2E.port}`,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? browser,
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
    },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
