import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { dayIn, type MetricsQuery, type MetricsView, readView } from "./view";

/** What an address asks for, in days of the desk's zone; a campaign stands for its search. */
export async function loadView(
  db: Db,
  asked: MetricsQuery,
  now = new Date(),
): Promise<MetricsView & { readonly zone: string }> {
  const [desk, campaign] = await Promise.all([
    db.from("desk_settings").select("time_zone").eq("id", 1).single(),
    asked.campaign === undefined
      ? null
      : db.from("campaigns").select("search_id").eq("id", asked.campaign).maybeSingle(),
  ]);
  const zone = unwrap(desk).time_zone;
  const search = campaign === null ? asked.search : (unwrapMaybe(campaign)?.search_id ?? asked.search);
  return { ...readView({ ...asked, search }, dayIn(zone, now)), zone };
}

export interface FilterChoices {
  readonly searches: readonly { readonly id: string; readonly name: string }[];
  readonly markets: readonly string[];
}

/** What the filters offer: the 200 newest searches (and the chosen one), and every market there are numbers for. */
export async function loadChoices(db: Db, chosen: string | undefined): Promise<FilterChoices> {
  const [newest, picked, markets] = await Promise.all([
    db.from("searches").select("id, name").order("created_at", { ascending: false }).limit(200),
    chosen === undefined ? null : db.from("searches").select("id, name").eq("id", chosen).maybeSingle(),
    db.rpc("dashboard_markets"),
  ]);
  const searches = unwrap(newest);
  const extra = picked === null ? null : unwrapMaybe(picked);
  const known = searches.some(({ id }) => id === extra?.id);
  return {
    searches: extra && !known ? [extra, ...searches] : searches,
    markets: unwrap(markets).map(({ market }) => market),
  };
}
