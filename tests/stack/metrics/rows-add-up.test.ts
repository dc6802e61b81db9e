import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listRows } from "@/lib/metrics/list-rows";
import { loadView } from "@/lib/metrics/load-view";
import { rowsQuerySchema } from "@/lib/metrics/rows-query";
import type { MetricsTable } from "@/lib/metrics/table";
import { TABLES } from "@/lib/metrics/tables";
import { metricsQuerySchema } from "@/lib/metrics/view";
import { type Db, serverClientOptions } from "@/lib/server/client-options";
import { LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { openPglite } from "@/stack/postgres/open-pglite";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { SMALL_DESK_SQL } from "./small-desk";

const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-metrics-"));
let db: Db;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await openPglite(path.join(folder, "postgres"));
  const supabase = await startSupabase({ db: database, port: 0, migrationsDir: "supabase/migrations" });
  await database.exec(SMALL_DESK_SQL);
  db = createClient(supabase.url, LOCAL_SERVICE_KEY, serverClientOptions) as Db;
  close = async () => {
    await supabase.close();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
}, 120_000);
afterAll(() => close?.(), 60_000);

const SEARCH = "00000000-0000-4000-8001-000000000002";
const SPAN = { from: "2031-03-20", to: "2031-05-20" };
const VIEWS: readonly [string, Record<string, string>][] = [
  ["all of it", SPAN],
  ["some days around the end of a month", { from: "2031-03-29", to: "2031-04-04" }],
  ["one search", { ...SPAN, search: SEARCH }],
  ["one market", { ...SPAN, market: "Reno" }],
  ["what has no market", { ...SPAN, market: "(none)" }],
  [
    "one search in one market, one agent",
    { ...SPAN, search: SEARCH, market: "Las Vegas", agent: "response-classifier" },
  ],
];

/** Limits are no counts of anything; everything else that counts must lead to what it counts. */
const LEADS_NOWHERE = new Set(["limits/hour_limit", "limits/day_limit"]);

/** Sums and not counts: each row says its part. */
const PARTS: Readonly<Record<string, RegExp>> = {
  tokens: /(\d+) tokens/,
  cost: /\$([\d.]+)/,
  hour_used: /takes (\d+) place/,
  day_used: /takes (\d+) place/,
};

const known = new Map<string, Promise<string[]>>();
/** What the rows behind an address say, through all pages. */
function detailsOf(href: string): Promise<string[]> {
  const read = known.get(href) ?? readAll(href);
  known.set(href, read);
  return read;
}

/** What the rows come to: their number, or the sum of what each says; one that says nothing counts once. */
function addUp(details: readonly string[], key: string): number {
  const part = PARTS[key];
  if (!part) return details.length;
  return details.reduce((sum, detail) => sum + Number(part.exec(detail)?.[1] ?? 1), 0);
}

async function readAll(href: string): Promise<string[]> {
  const params = Object.fromEntries(new URL(href, "http://desk.test").searchParams);
  const view = await loadView(db, metricsQuerySchema.parse(params));
  const details: string[] = [];
  const seen = new Set<string>();
  for (let after: string | undefined; ; ) {
    const query = rowsQuerySchema.parse({ ...params, after });
    expect(query, href).toMatchObject({ of: params.of });
    const page = await listRows(db, view, query);
    for (const row of page.rows) {
      expect(seen.has(row.id), `${href} lists ${row.id} twice`).toBe(false);
      seen.add(row.id);
      details.push(row.detail);
    }
    if (page.next === null) return details;
    after = page.next;
  }
}

describe.each(VIEWS)("For %s", (_, query) => {
  test.each(Object.entries<MetricsTable>(TABLES))(
    "every number of “%s” is one click from rows that add up to it",
    async (name, table) => {
      const rows = await table.load(db, await loadView(db, metricsQuerySchema.parse(query)));
      const wrong: string[] = [];
      for (const row of rows)
        for (const { key, kind } of table.columns) {
          const cell = row.cells[key];
          if (typeof cell !== "number" || LEADS_NOWHERE.has(`${name}/${key}`)) continue;
          const href = row.links?.[key];
          if (kind === "count" && cell > 0 && href === undefined)
            wrong.push(`${row.id} ${key}: ${cell}, no link`);
          if (!href?.startsWith("/metrics/rows")) continue;
          const found = addUp(await detailsOf(href), key);
          const isTrue = kind === "count" || key === "cost" ? Math.abs(found - cell) < 1e-6 : found > 0;
          if (!isTrue) wrong.push(`${row.id} ${key}: ${cell}, but ${found} at ${href}`);
        }
      expect(wrong).toEqual([]);
    },
  );
});

test("the desk these are counted on has something in every table", async () => {
  const view = await loadView(db, metricsQuerySchema.parse(SPAN));
  for (const [name, table] of Object.entries<MetricsTable>(TABLES))
    expect((await table.load(db, view)).length, name).toBeGreaterThan(0);
});
