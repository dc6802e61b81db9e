import "server-only";
import { createServerClient } from "@supabase/ssr";
import { createClient } from "@supabase/supabase-js";
import { cookies } from "next/headers";
import { env } from "@/lib/server/env";
import { type Db, serverClientOptions } from "./client-options";
import type { Database } from "./database.types";

/** A client that acts as the operator signed in by cookie; row-level security decides what it sees. */
export async function cookieDb(): Promise<Db> {
  const store = await cookies();
  return createServerClient<Database>(env().SUPABASE_URL, env().SUPABASE_PUBLISHABLE_KEY, {
    ...serverClientOptions,
    cookies: {
      getAll: () => store.getAll(),
      setAll: (items) => {
        try {
          for (const { name, value, options } of items) store.set(name, value, options);
        } catch {
          // A server component cannot set cookies; proxy.ts refreshes them on the next request.
        }
      },
    },
  }) as unknown as Db;
}

/** A client that acts as whoever the access token belongs to. */
export function bearerDb(accessToken: string): Db {
  return createClient<Database>(env().SUPABASE_URL, env().SUPABASE_PUBLISHABLE_KEY, {
    ...serverClientOptions,
    global: { ...serverClientOptions.global, headers: { authorization: `Bearer ${accessToken}` } },
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}
