import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "@/lib/server/database.types";
import { LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { E2E } from "../../playwright.config";
import { openApi } from "./support/api";
import { signIn } from "./support/sign-in";

/** As the runner counts versions: another one would be another definition, and take auto back by itself. */
const VERSION = createHash("sha256")
  .update(`${readFileSync(".claude/agents/sourcing-agent.md", "utf8").replaceAll("\r\n", "\n").trim()}\n`)
  .digest("hex")
  .slice(0, 12);

const UNITS = {
  ...{ RateBasis: "month", CurrencyCode: "USD", BuildingAreaUnit: "SF", secondaryAreaUnit: "SF" },
  ...{ AreaUom: "AC", lengthUnit: "FT" },
};
const PROPOSAL = {
  strategy: "Owners who have held their buildings for ten years and more.",
  payloads: [
    {
      title: "Long holds",
      reasoning: "Private owners for ten years and more.",
      payload: {
        "0": { Geography: { Filter: { FilterType: 132, Ids: [101] } }, Property: { PropertyTypes: [5] } },
        ...{ "1": 500, "2": 1, "3": UNITS, "4": false, "5": [] },
      },
    },
  ],
};

test("auto is earned, given by a person, looked back at, and taken back by the system", async ({ page }) => {
  const { db } = await openApi();
  const service = createClient<Database>(`http://127.0.0.1:${E2E.apiPort}`, LOCAL_SERVICE_KEY, {
    auth: { persistSession: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
  const run = await service
    .from("agent_runs")
    .insert({
      agent: "sourcing-agent",
      agent_version: VERSION,
      purpose: "Propose payloads",
      model: process.env.CLAUDE_MODEL || "sonnet",
      prompt: "# sourcing-agent",
      status: "succeeded",
    })
    .select("id")
    .single()
    .throwOnError();
  const propose = async (n: number) => {
    const { data } = await service
      .rpc("propose", {
        p_run_key: `trust:${n}`,
        p_checkpoint: "sourcing",
        p_revision: 1,
        p_title: `Payloads: search ${n}`,
        p_summary: "1 payload.",
        p_proposal: PROPOSAL,
        p_agent_run_id: run.data.id,
      })
      .throwOnError();
    return data;
  };

  await test.step("a history of approvals nobody had to change", async () => {
    await db.rpc("set_checkpoint_mode", { p_checkpoint: "sourcing", p_mode: "plan" }).throwOnError();
    for (let n = 1; n <= 50; n++) {
      const approval = await propose(n);
      const decision = { p_id: approval.id, p_decision: "approve", p_content_hash: approval.content_hash };
      await db.rpc("decide_approval", decision).throwOnError();
    }
  });
  await signIn(page);
  await test.step("the evidence stands on the button, and auto ends by itself on Friday", async () => {
    await page.goto("/settings/checkpoints/sourcing");
    await page
      .getByRole("button", { name: /Put sourcing into auto.*50 of the last 50 approved unchanged/ })
      .click();
    await page.getByLabel("How long").selectOption("friday");
    await page.getByRole("dialog").getByRole("button", { name: "Put sourcing into auto" }).click();
    await expect(page.getByText("Sourcing is in auto now.")).toBeVisible();
    await expect(page.getByText(/17:00/).first()).toBeVisible();
  });
  await test.step("what passes in auto is looked back at; two that were wrong take it back", async () => {
    for (const n of [101, 102]) expect(await propose(n)).toMatchObject({ mode: "auto", sampled: true });
    for (const n of [101, 102]) {
      await page.goto("/");
      await page.getByRole("link", { name: new RegExp(`Payloads: search ${n}`) }).click();
      await page.getByRole("textbox").last().fill("The wrong side of town");
      await page.getByRole("button", { name: /Would have rejected it/ }).click();
      await page.waitForURL("/");
    }
  });
  await test.step("the queue says so until somebody has seen it, and the checkpoint asks again", async () => {
    const notice = page.getByText("2 of the last 2 looked back at would have been changed or rejected", {
      exact: false,
    });
    await expect(notice).toBeVisible();
    await page.getByRole("button", { name: "I have seen it" }).first().click();
    await expect(notice).toBeHidden();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Queue", level: 1 })).toBeVisible();
    await expect(notice).toBeHidden();
    expect(await propose(103)).toMatchObject({ mode: "plan", status: "pending" });
    await page.goto("/settings/checkpoints/sourcing");
    await expect(page.getByText("Taken back into plan by the system").first()).toBeVisible();
  });
});
