import { readdirSync } from "node:fs";
import { E2E } from "../../../playwright.config";
import type { Api } from "./api";

/** Every route of `app` that has a page, as Next writes it: `/searches/[id]`. */
export function listRoutes(): string[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map(
      (file) =>
        `/${file
          .split("/")
          .slice(0, -1)
          .filter((part) => !part.startsWith("("))
          .join("/")}`,
    )
    .sort();
}

/** A page that needs a row: how the row is found, or made through the doors an operator has. */
const FINDERS: Readonly<Record<string, (api: Api) => Promise<string | undefined>>> = {
  "/approvals/[id]": (api) => newest(api, "approval_queue"),
  "/campaigns/[id]": (api) => newest(api, "campaigns"),
  "/contacts/[id]": (api) => newest(api, "contacts"),
  "/replies/[id]": (api) => newest(api, "synced_emails"),
  "/runs/[id]": async () => {
    const answer = await fetch(`http://127.0.0.1:${E2E.enginePort}/api/v2/runs?limit=1`);
    const { data } = (await answer.json()) as { data: { id: string }[] };
    return data[0]?.id;
  },
  "/runs/agents/[id]": (api) => newest(api, "agent_runs"),
  "/searches/[id]": (api) => newest(api, "searches"),
  "/searches/imports/[importId]": uploadImport,
  "/settings/agents/[agent]": async () => "sourcing-agent",
  "/settings/agents/[agent]/[version]": async ({ db }) => {
    const { data } = await db.from("agent_definitions").select("agent, version").limit(1).single();
    return data ? `${data.agent}/${data.version}` : undefined;
  },
  "/settings/agents/shadows/[id]": startShadow,
  "/settings/checkpoints/[name]": async () => "campaign",
  "/settings/learnings/[id]": noteLearning,
};

/** A page that only a mail of a certain kind makes, which a desk may not have got yet; its list says how many there are. */
const WITHOUT_A_ROW = "/replies/proposals/[id]";

/** Addresses of all pages on this desk. @throws when a page has neither an address of its own nor a finder. */
export async function findAddresses(api: Api): Promise<string[]> {
  const addresses: string[] = [];
  for (const route of listRoutes()) {
    if (!route.includes("[")) addresses.push(route);
    else if (route === WITHOUT_A_ROW) {
      const { data } = await api.db.from("reply_proposals").select("id").limit(1).maybeSingle();
      if (data) addresses.push(route.replace("[id]", data.id));
    } else {
      const value = await FINDERS[route]?.(api);
      if (!value) throw new Error(`Nothing says which row ${route} is looked at with.`);
      addresses.push(route.replace(/\[.*\]/, value));
    }
  }
  return addresses;
}

type Listed = "approval_queue" | "campaigns" | "contacts" | "synced_emails" | "agent_runs" | "searches";

async function newest({ db }: Api, table: Listed): Promise<string | undefined> {
  const { data, error } = await db
    .from(table)
    .select("id")
    .order("created_at", { ascending: false })
    .limit(1)
    .maybeSingle();
  if (error) throw error;
  return data?.id;
}

async function uploadImport({ token }: Api): Promise<string> {
  const form = new FormData();
  const rows =
    "Property Address,City,State,True Owner,Contact Name,Email\n1 Main St,Denver,CO,Acme LLC,Ann Lee,ann@acme.example\n";
  form.set("file", new File([rows], "owners.csv", { type: "text/csv" }));
  const answer = await fetch(`http://127.0.0.1:${E2E.port}/api/imports`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  return ((await answer.json()) as { id: string }).id;
}

async function startShadow({ db }: Api): Promise<string | undefined> {
  const { data: known } = await db.from("agent_shadows").select("id").limit(1).maybeSingle();
  if (known) return known.id;
  const source = `---\nname: response-classifier\ndescription: A candidate.\n---\n\nRead the reply.\n`;
  const { data: live } = await db
    .from("agent_definitions")
    .select("version")
    .eq("agent", "response-classifier")
    .order("created_at")
    .limit(1)
    .maybeSingle();
  const { data: version, error } = await db.rpc("save_agent_definition", {
    ...{ p_agent: "response-classifier", p_source: source, p_note: "A shorter one.", p_live: false },
    ...{ p_expected: live?.version ?? "", p_file_version: live?.version ?? "" },
  });
  if (error) throw error;
  const started = await db.rpc("start_shadow", {
    ...{ p_agent: "response-classifier", p_version: version, p_share_pct: 1, p_budget_microusd: 1 },
  });
  if (started.error) throw started.error;
  return started.data;
}

async function noteLearning(api: Api): Promise<string | undefined> {
  const { data } = await api.db.from("agent_feedback").select("id").limit(1).maybeSingle();
  if (data) return data.id;
  const search = await newest(api, "searches");
  if (!search) return undefined;
  const noted = await api.db.rpc("note_learning", {
    p_search_id: search,
    p_words: "Also look in Orange County",
  });
  if (noted.error) throw noted.error;
  return noted.data;
}
