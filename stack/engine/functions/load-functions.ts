import type { Database } from "@/stack/postgres/database";
import type { FunctionConfig } from "./config";
import type { FunctionRegistry } from "./registry";

interface AppRow {
  readonly id: string;
  readonly url: string;
  readonly framework: string | null;
  readonly sdk: string | null;
  readonly checksum: string;
  readonly created_at: string | Date;
  readonly synced_at: string | Date;
}

/** Fills the registry with what apps registered before, so that due work goes on before they register again. */
export async function loadFunctions(db: Database, registry: FunctionRegistry): Promise<void> {
  const apps = await db.query<AppRow>("select * from engine.app");
  const rows = await db.query<{ app_id: string; config: string }>(
    "select app_id, config from engine.function where not archived",
  );
  for (const app of apps) {
    registry.replaceApp(
      {
        id: app.id,
        url: app.url,
        framework: app.framework,
        sdk: app.sdk,
        checksum: app.checksum,
        createdAt: new Date(app.created_at).getTime(),
        syncedAt: new Date(app.synced_at).getTime(),
      },
      rows.filter((row) => row.app_id === app.id).map((row) => JSON.parse(row.config) as FunctionConfig),
    );
  }
}
