import "server-only";
import { createClient } from "@supabase/supabase-js";
import { env } from "@/lib/server/env";
import { type Db, serverClientOptions } from "./client-options";
import type { Database } from "./database.types";

let cached: Db | undefined;

/** The product's own client, for durable functions and the relay. It passes row-level security: never give it to a page. */
export function serviceDb(): Db {
  cached ??= createClient<Database>(env().SUPABASE_URL, env().SUPABASE_SERVICE_KEY, {
    ...serverClientOptions,
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
  return cached;
}
