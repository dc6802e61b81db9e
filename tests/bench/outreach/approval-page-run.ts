import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import { getApproval } from "@/lib/approvals/get-approval";
import { draftCampaign } from "@/lib/campaigns/draft-campaign";
import { loadCampaign } from "@/lib/campaigns/load-plan";
import { loadPlanView } from "@/lib/campaigns/load-plan-view";
import { planViewSchema } from "@/lib/campaigns/plan-view";
import { proposeCampaign } from "@/lib/campaigns/propose-campaign";
import { type Db, serverClientOptions } from "@/lib/server/client-options";
import type { Database } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { LOCAL_PUBLISHABLE_KEY } from "@/lib/server/local-keys";
import { serviceDb } from "@/lib/server/service-client";
import { percentile, round } from "../suite";

// Started by approval-page.ts in a process of its own, because the product reads its settings once per process.
const CONTACTS = Number(process.env.BENCH_CONTACTS ?? 10_000);
const CHUNK = 1_000;
const STATES = ["CA", "TX", "NY", "AZ", "IL", "TN"];

async function timeApprovalPage(): Promise<number> {
  const searchId = await addSearch();
  const began = performance.now();
  const campaignId = await draftCampaign(searchId);
  const outcome = await proposeCampaign(campaignId);
  if (outcome.outcome === "nobody") throw new Error(outcome.reason);
  console.error(
    `  approval: ${CONTACTS} contacts planned, saved and proposed in ${round((performance.now() - began) / 1000)} s`,
  );
  const db = await signIn();
  const times: number[] = [];
  const one = (await loadView(db, outcome.approvalId, {})).contacts.rows.at(-1);
  const views = [
    {},
    { q: "owner 12" },
    { q: "nobody is called this" },
    { sort: "first-mail", dir: "down" },
    { sort: "company" },
    { show: "left-out" },
    { contact: one?.contact_id },
    { after: `owner 5000~${one?.contact_id}` },
  ];
  for (let round = 0; round < 15; round++) {
    for (const view of views) {
      const at = performance.now();
      const seen = await loadView(db, outcome.approvalId, view);
      if (round > 0) times.push(performance.now() - at);
      if (!seen.preview && !("q" in view)) throw new Error("the page shows no mail");
    }
  }
  console.error(
    `  approval: p50 ${round(percentile(times, 0.5))} ms, longest ${round(Math.max(...times))} ms of ${times.length} views`,
  );
  return round(percentile(times, 0.95));
}

/** All that the server asks for one view of the page. */
async function loadView(db: Db, approvalId: string, view: Record<string, string | undefined>) {
  unwrap(await db.from("operators").select("id, email, display_name, role").limit(1).single());
  const found = await getApproval(db, approvalId);
  const campaign = await loadCampaign(db, found?.approval.campaign_id ?? "");
  if (!campaign) throw new Error("the campaign is not there");
  return loadPlanView(db, campaign, planViewSchema.parse(view));
}

async function addSearch(): Promise<string> {
  const db = serviceDb();
  ensure(
    await db
      .from("desk_settings")
      .update({ desk_name: "Bench", sender_name: "Bench", postal_address: "1 Plaza, Irvine, CA 92614" })
      .eq("id", 1),
  );
  ensure(await db.from("mailboxes").insert({ address: "desk@desk.test" }));
  const search = unwrap(
    await db
      .from("searches")
      .insert({ name: "Bench", buyer_name: "Bench", criteria: {}, source: "form" })
      .select("id")
      .single(),
  );
  for (let start = 0; start < CONTACTS; start += CHUNK) {
    const rows = Array.from({ length: CHUNK }, (_, index) => ({ id: randomUUID(), n: start + index }));
    const company = rows.map(({ id, n }) => ({
      id,
      name: `Company ${n} LLC`,
      name_key: `company ${n}`,
      source: "costar",
    }));
    ensure(await db.from("companies").insert(company));
    ensure(
      await db.from("properties").insert(
        rows.map(({ id, n }) => ({
          id,
          address: `${n} Commerce Way`,
          address_key: `${n} commerce way`,
          city: "Ontario",
          state: STATES[n % STATES.length],
          company_id: id,
          property_type: "Industrial",
          source: "costar",
        })),
      ),
    );
    ensure(
      await db.from("contacts").insert(
        rows.map(({ id, n }) => ({
          id,
          company_id: id,
          full_name: `Owner ${n}`,
          first_name: "Owner",
          // One in fifty has no address, so that there is somebody left out.
          email: n % 50 === 0 ? null : `owner${n}@owners${n % 700}.test`,
          source: "costar",
        })),
      ),
    );
    ensure(
      await db.from("search_contacts").insert(
        rows.map(({ id }) => ({
          search_id: search.id,
          contact_id: id,
          property_id: id,
          payload_position: 1,
          found_hour: new Date().toISOString(),
          market: "Inland Empire",
        })),
      ),
    );
  }
  return search.id;
}

/** An operator's own client, held to row-level security as the page's is. */
async function signIn(): Promise<Db> {
  const [email, password] = ["bench@desk.test", "bench-bench-bench"];
  const { data } = await serviceDb().auth.admin.createUser({ email, password, email_confirm: true });
  ensure(
    await serviceDb()
      .from("operators")
      .insert({ id: data.user?.id ?? "", email, display_name: "Bench", role: "admin" }),
  );
  const db = createClient<Database>(process.env.SUPABASE_URL ?? "", LOCAL_PUBLISHABLE_KEY, {
    ...serverClientOptions,
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { error } = await db.auth.signInWithPassword({ email, password });
  if (error) throw error;
  return db;
}

console.log(await timeApprovalPage());
process.exit(0);
