import { LOCAL_PUBLISHABLE_KEY, LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import type { Database } from "../postgres/database";
import { createAuth } from "./auth/handle-auth";
import { createCallerCheck, readCredentials } from "./auth/identify-caller";
import { loadSigningKey } from "./auth/signing-key";
import { createTokens } from "./auth/tokens";
import { bootstrapDatabase } from "./bootstrap/bootstrap-database";
import { followSchema } from "./follow-schema";
import { type Logger, SILENT } from "./http/exchange";
import { serveBackup } from "./http/serve-backup";
import { serveHttp } from "./http/serve-http";
import { createRealtime } from "./realtime/create-realtime";
import { createRest } from "./rest/handle-rest";
import { refuseForeignDatabase, runMigrations } from "./run-migrations";
import { runSeedOnce } from "./run-seed";

export interface SupabaseOptions {
  /** Shared with other parts of the stack: `close()` leaves it open. */
  readonly db: Database;
  /** 0 picks a free port. */
  readonly port: number;
  readonly host?: string;
  /** Folder of `NNNN_name.sql` files. */
  readonly migrationsDir?: string;
  /** SQL that is run once in the life of the database. */
  readonly seedFile?: string;
  readonly publishableKey?: string;
  readonly secretKey?: string;
  /** Schemas a client may use; the first is the default. */
  readonly schemas?: readonly string[];
  readonly allowSignup?: boolean;
  /** Writes everything that is stored into one file and returns its path; served to the secret key at POST /backup. */
  readonly writeBackup?: () => Promise<string>;
  readonly logger?: Logger;
}

export interface Supabase {
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** Migration files applied by this start. */
  readonly applied: readonly string[];
  /** Reads the schema again. Changes are also noticed by themselves, a moment later. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the Supabase API (REST, Auth, Realtime) of one database on one loopback port.
 * @throws {ForeignDatabaseError} when another version of the program wrote the database and this one cannot go on from there;
 * nothing is changed then.
 * @throws {MigrationError} naming the file and what Postgres said.
 */
export async function startSupabase(options: SupabaseOptions): Promise<Supabase> {
  const { db, migrationsDir, seedFile, host = "127.0.0.1", schemas = ["public"], logger = SILENT } = options;
  const { publishableKey = LOCAL_PUBLISHABLE_KEY, secretKey = LOCAL_SERVICE_KEY } = options;
  if (migrationsDir) await refuseForeignDatabase(db, migrationsDir);
  await bootstrapDatabase(db);
  const applied = migrationsDir ? await runMigrations(db, migrationsDir) : [];
  if (seedFile) await runSeedOnce(db, seedFile);

  const issuer = `http://${host}:${options.port}/auth/v1`;
  const tokens = createTokens(await loadSigningKey(db), issuer);
  const callers = createCallerCheck({ publishableKey, secretKey }, tokens);
  const auth = createAuth({ db, tokens, callers, logger, allowSignup: options.allowSignup ?? false });
  const rest = await createRest({ db, schemas, logger });
  const realtime = await createRealtime({ db, callers, logger });
  const schema = await followSchema(db, [rest, realtime], logger);

  const stopListening = async () => {
    await schema.close();
    await realtime.close();
  };
  const server = await serveHttp({
    host,
    port: options.port,
    logger,
    health: { ok: true, name: "upstream embedded stack", engine: db.engine },
    services: [
      { prefix: "auth", handle: auth.handle },
      {
        prefix: "rest",
        handle: async (request) =>
          rest.handle(request, await callers.identify(readCredentials(request.headers))),
      },
    ],
    ...(options.writeBackup && { backup: serveBackup(callers, options.writeBackup) }),
    upgrade: realtime.upgrade,
  }).catch(async (error: unknown) => {
    await stopListening(); // the database lives on: a port that is taken must not leave listeners in it
    throw error;
  });
  return {
    url: `http://${host}:${server.port}`,
    publishableKey,
    secretKey,
    applied,
    reload: schema.reload,
    close: async () => {
      await stopListening();
      await server.close();
    },
  };
}
