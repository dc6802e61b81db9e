import fs from "node:fs"; import os from "node:os"; import path from "node:path";
import { it } from "vitest";
import { openPglite } from "@/stack/postgres/open-pglite";
import { createDesk } from "./support/desk";
import { prepareDatabase } from "./support/prepare-database";
import { approvePlan, makePlan } from "./support/make-campaign";
import { openDesk } from "./support/open-desk";
const desk = openDesk();
async function go(d: any) {
  const out: string[] = [];
  let t = Date.now(); const lap = (w: string) => { out.push(`${w} ${Date.now() - t}`); t = Date.now(); };
  const plan = await makePlan(d, { count: 10000, steps: 3 }); lap("plan+seal");
  await d.db.query("select plan_hash($1, 1)", [plan.campaignId]); lap("hash");
  await d.db.query("select plan_totals($1, 1)", [plan.campaignId]); lap("totals");
  await d.operator.call("plan_totals", {p_campaign_id: plan.campaignId, p_revision: 1}); lap("totals as operator");
  const id = await approvePlan(d, plan); lap("approve");
  await d.service.call("activate_campaign", { p_campaign_id: plan.campaignId, p_approval_id: id }); lap("activate");
  for (let i = 0; i < 3; i++) { await d.service.call("reserve_send", { p_mailbox_id: plan.mailboxes[0], p_now: "2031-05-07T19:00:00Z" }); lap("reserve"); }
  await d.service.call("close_finished_campaigns"); lap("close");
  await d.operator.call("set_campaign_status", {p_id: plan.campaignId, p_to: "stopped"}); lap("stop");
  return out.join("; ");
}
it("times", async () => {
  const a = await go(desk());
  const f = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-x-"));
  const db = await openPglite(path.join(f, "data")); await prepareDatabase(db);
  const b = await go(await createDesk(db)); await db.close(); fs.rmSync(f, { recursive: true });
  throw new Error(`NATIVE ${a} PGLITE ${b}`);
});
