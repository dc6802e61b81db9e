import type { Tools } from "./tools";

/** Asks for no rows of a table: the answer says whether the table, its columns and our key are there. @throws when nobody answers */
export function askDatabase(
  { env, fetch }: Pick<Tools, "env" | "fetch">,
  table: string,
  columns: string,
): Promise<Response> {
  const url = new URL(`/rest/v1/${table}`, env.SUPABASE_URL);
  url.searchParams.set("select", columns);
  url.searchParams.set("limit", "0");
  const key = env.SUPABASE_SERVICE_KEY;
  return fetch(url.href, { headers: { apikey: key, authorization: `Bearer ${key}` } });
}
