import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "@/stack/postgres/database";
import { openPglite } from "@/stack/postgres/open-pglite";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { type Supabase, type SupabaseOptions, startSupabase } from "@/stack/supabase/start-supabase";
import { startNativePostgres } from "@/tests/support/native-postgres";

export const ENGINES = ["pglite", "postgres"] as const;
export type Engine = (typeof ENGINES)[number];

export const PASSWORD = "correct horse";

// Node 20 has no WebSocket of its own, and supabase-js wants one even where it is not used.
const REALTIME = { transport: WebSocket as unknown as typeof globalThis.WebSocket };

/** Opens an empty database of either engine, and takes everything down again. */
export async function openEmptyDatabase(
  engine: Engine,
  onReplaced: () => void = () => {},
): Promise<{ db: Database; drop(): Promise<void> }> {
  if (engine === "postgres") {
    const server = await startNativePostgres();
    const db = await openPostgres(server.url);
    return { db, drop: () => db.close().then(() => server.stop()) };
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-supabase-"));
  const db = await openPglite(path.join(folder, "data"), { onReplaced });
  return { db, drop: () => db.close().then(() => fs.rmSync(folder, { recursive: true, force: true })) };
}

export interface Project {
  readonly db: Database;
  readonly api: Supabase;
  /** With the publishable key and nobody signed in. */
  readonly anon: SupabaseClient;
  /** With the secret key. */
  readonly service: SupabaseClient;
  /** A client that sends this token with the publishable key. */
  clientWith(token: string): SupabaseClient;
  /** Creates a user, signs in, and returns a client of theirs. */
  signIn(
    email: string,
    appMetadata?: Record<string, unknown>,
  ): Promise<{ client: SupabaseClient; token: string }>;
  stop(): Promise<void>;
}

export function connect(url: string, key: string, token?: string): SupabaseClient {
  return createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: REALTIME,
    db: { retry: false } as object,
    ...(token && { global: { headers: { Authorization: `Bearer ${token}` } } }),
  });
}

/** A project on the given engine, migrated with the blog schema unless told otherwise. */
export async function startProject(
  engine: Engine,
  options: Partial<SupabaseOptions> = {},
  onReplaced?: () => void,
): Promise<Project> {
  const { db, drop } = await openEmptyDatabase(engine, onReplaced);
  const api = await startSupabase({
    db,
    port: 0,
    migrationsDir: path.join(import.meta.dirname, "migrations"),
    schemas: ["public", "api2"],
    ...options,
  });
  const service = connect(api.url, api.secretKey);
  return {
    db,
    api,
    service,
    anon: connect(api.url, api.publishableKey),
    clientWith: (token) => connect(api.url, api.publishableKey, token),
    signIn: async (email, appMetadata) => {
      const user = { email, password: PASSWORD, email_confirm: true, app_metadata: appMetadata ?? {} };
      const created = await service.auth.admin.createUser(user);
      if (created.error) throw created.error;
      const client = connect(api.url, api.publishableKey);
      const { data, error } = await client.auth.signInWithPassword({ email, password: PASSWORD });
      if (error) throw error;
      return { client, token: data.session.access_token };
    },
    stop: async () => {
      await service.removeAllChannels();
      await api.close();
      await drop();
    },
  };
}
