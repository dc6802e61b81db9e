import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { findAddresses } from "./support/addresses";
import { openApi } from "./support/api";
import { signIn } from "./support/sign-in";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Where `npm run shots` wants the pictures; without it none are taken. */
const SHOTS = process.env.UPSTREAM_SHOTS;
const WIDTHS = [1440, 390] as const;
const THEMES = ["light", "dark"] as const;

test.setTimeout(600_000);

test("every page opens by its address, in both themes, on a desk and on a phone, without a fault", async ({
  page,
}) => {
  const api = await openApi();
  const faults: string[] = [];
  let at = "";
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${at}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${at}: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${at}: ${response.status()} ${response.url()}`);
  });
  await page.goto("/sign-in");
  await signIn(page);
  const addresses = (await findAddresses(api)).filter((address) => address !== "/setup");
  expect(addresses.length).toBeGreaterThan(40);
  for (const address of addresses) {
    at = address;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(address, { waitUntil: "load" });
    await page.locator("h1").first().waitFor();
    faults.push(...(await lookAt(page, address)));
  }
  expect(faults).toEqual([]);
});

async function lookAt(page: Page, address: string): Promise<string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS)
    for (const theme of THEMES) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      const place = `${address} at ${width} px, ${theme}`;
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 0) faults.push(`${place}: ${over} px wider than the screen`);
      faults.push(...(await findViolations(page)).map((violation) => `${place}: ${violation}`));
      if (SHOTS) {
        mkdirSync(SHOTS, { recursive: true });
        const name = address.replace(/^\//, "").replace(/[^\w-]+/g, "_") || "queue";
        await page.screenshot({ path: path.join(SHOTS, `${name}-${width}-${theme}.png`), fullPage: true });
      }
    }
  return faults;
}

/** What axe-core finds against WCAG 2.2 AA, with the first place it stands in. */
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      resultTypes: ["violations"],
    });
    return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.target.join(" ")})`);
  });
}
