import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { E2E } from "../../playwright.config";
import { approve, openApi, pendingApproval, tapPhone } from "./support/api";
import { type DeskProcess, startDeskProcess } from "./support/desk-process";

const PORTS = { port: 3975, apiPort: 55975, enginePort: 8975 };

/** Recipients of every mail in the stand-in's Sent Items. */
function recipients(data: string): string[] {
  const folder = path.join(data, "demo", "outlook", "acquisitions%40harborpoint.example", "sent");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.stringify(JSON.parse(readFileSync(path.join(folder, file), "utf8")).to));
}

test("killing everything in the middle loses nothing, and nobody is mailed twice", async () => {
  const data = mkdtempSync(path.join(os.tmpdir(), "upstream-kill-"));
  let desk: DeskProcess | undefined = await startDeskProcess(data, PORTS, E2E);
  try {
    let api = await openApi(PORTS);
    const created = await api.ask("POST", "/api/searches", {
      buyer: { name: "Fern Capital" },
      criteria: {
        name: "San Diego industrial",
        propertyTypes: ["Industrial"],
        markets: ["San Diego"],
        sizeSf: { max: 40_000 },
      },
    });
    const searchId: string = created.body.id;
    const waitsFor = (checkpoint: string) =>
      expect
        .poll(async () => Boolean(await pendingApproval(api, searchId, checkpoint)), { timeout: 90_000 })
        .toBe(true);
    await waitsFor("extraction");
    const extraction = await pendingApproval(api, searchId, "extraction");
    if (extraction) await approve(api, extraction);
    const found = async () =>
      (
        await api.db
          .from("extractions")
          .select("properties_found, contacts_found")
          .eq("search_id", searchId)
          .maybeSingle()
      ).data;
    await expect
      .poll(async () => {
        await tapPhone(desk?.phoneUrl ?? "");
        return (await found())?.contacts_found ?? 0;
      })
      .toBeGreaterThan(3);
    const before = await found();

    await test.step("killed while extracting", async () => {
      await desk?.killTree();
      desk = await startDeskProcess(data, PORTS, E2E);
      api = await openApi(PORTS);
      expect((await found())?.contacts_found).toBeGreaterThanOrEqual(before?.contacts_found ?? 0);
      await expect
        .poll(
          async () => {
            await tapPhone(desk?.phoneUrl ?? "");
            return Boolean(await pendingApproval(api, searchId, "campaign"));
          },
          { timeout: 120_000 },
        )
        .toBe(true);
    });

    await test.step("killed while sending", async () => {
      const campaign = await pendingApproval(api, searchId, "campaign");
      if (campaign) await approve(api, campaign);
      await expect.poll(() => recipients(data).length, { timeout: 60_000 }).toBeGreaterThan(3);
      await desk?.killTree();
      const left = recipients(data).length;
      desk = await startDeskProcess(data, PORTS, E2E);
      api = await openApi(PORTS);
      await expect.poll(() => recipients(data).length, { timeout: 90_000 }).toBeGreaterThan(left + 3);
    });

    const mailed = recipients(data);
    expect(new Set(mailed).size).toBe(mailed.length);
  } finally {
    await desk?.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
