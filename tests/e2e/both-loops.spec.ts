import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { openApi } from "./support/api";
import { signIn } from "./support/sign-in";

const CRITERIA = {
  buyer: { name: "Cedar Exchange Partners" },
  criteria: {
    name: "Denver industrial, long holds",
    propertyTypes: ["Industrial"],
    markets: ["Denver"],
    sizeSf: { min: 20_000, max: 60_000 },
    strategies: ["long hold"],
    exchangeType: "1031",
  },
};

test("one search goes through both loops by clicking alone", async ({ page, browser }) => {
  const { db } = await openApi();
  await signIn(page);

  await test.step("criteria from a JSON file start a search", async () => {
    await page.goto("/searches/new");
    await page.getByRole("tab", { name: /file/i }).click();
    await page.locator("input[type=file]").setInputFiles({
      name: "criteria.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(CRITERIA)),
    });
    await page.getByRole("button", { name: /start/i }).click();
    await page.waitForURL(/\/searches\/[0-9a-f-]{36}/);
  });
  const searchId = page.url().split("/").pop() ?? "";

  await test.step("extraction is approved and the phone is tapped", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: /Extraction: Denver industrial/ }).click();
    await expect(page.getByText("Approving signs in to CoStar").first()).toBeVisible();
    await page.getByRole("button", { name: /Approve and run/ }).click();
    await page.waitForURL(`**/searches/${searchId}`);
    const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await phone.goto(process.env.E2E_PHONE_URL ?? "");
    await phone.getByRole("button", { name: "Approve sign-in" }).click();
    await phone.close();
  });

  await test.step("the campaign is planned, shown word for word, and approved as shown", async () => {
    await page.goto("/");
    const link = page.getByRole("link", { name: /Campaign: Denver industrial/ }).first();
    await link.waitFor({ timeout: 120_000 });
    await link.click();
    await expect(page.getByText(/Approving sends [\d,]+ mails to [\d,]+ contacts/).first()).toBeVisible();
    await expect(page.getByText(/^Mail 1 ·/)).toBeVisible();
    await page.getByRole("button", { name: /Approve and schedule/ }).click();
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}/);
  });

  await test.step("mails are in the mailbox", async () => {
    const sent = path.join(
      process.env.E2E_DATA ?? "",
      "demo",
      "outlook",
      "acquisitions%40harborpoint.example",
      "sent",
    );
    await expect.poll(() => readdirSync(sent).length, { timeout: 60_000 }).toBeGreaterThan(3);
    await expect(page.getByText("Sent", { exact: true }).first()).toBeVisible();
  });

  await test.step("replies are classified and routed, and an interested one waits for a person", async () => {
    await expect
      .poll(
        async () => {
          const { data } = await db
            .from("synced_emails")
            .select("category, status")
            .not("routed_at", "is", null);
          const interesting = data?.some(
            (mail) =>
              mail.status === "needs_person" && ["interested", "pricing_given"].includes(mail.category ?? ""),
          );
          return Boolean(interesting) && (data?.length ?? 0) > 3;
        },
        { timeout: 180_000, intervals: [1000] },
      )
      .toBe(true);
    await page.goto("/replies");
    await expect(page.getByText(/Interested|Price given/).first()).toBeVisible();
  });

  await test.step("it is unread until it is opened, answered from a template, filed by one key, and that is taken back", async () => {
    const unread = page.locator("[data-list-row]", { hasText: "Unread:" });
    const warm = page.locator("[data-status=interested], [data-status=pricing_given]");
    const row = unread.filter({ has: warm }).first();
    const href = (await row.getAttribute("href")) ?? "";
    await row.click();
    await page.getByLabel("Begin with").selectOption({ label: "Say more about the buyer" });
    await expect(page.locator("[data-answer]")).toHaveValue(/^Hi [^{]+Our buyer is funded[^{]+$/);
    await page.getByLabel("Put this mail away as well").uncheck();
    await page.getByRole("button", { name: "Send the answer" }).click();
    await expect(page.getByRole("list", { name: "Your answers" })).toBeVisible();
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("n");
    const filed = page.locator("[data-sonner-toast]", { hasText: "Filed as Not now." });
    await filed.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("Undone. The mail waits for a person again.").first()).toBeVisible();
    await page.goto("/replies");
    await expect(page.locator(`a[href="${href}"]`)).toBeVisible();
    await expect(unread.and(page.locator(`a[href="${href}"]`))).toHaveCount(0);
  });
});
