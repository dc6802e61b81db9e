import { z } from "zod";
import { messageOf, RequestError } from "../errors";
import { hashOf } from "../ids";
import type { Ledger } from "../state/ledger";
import { textArray } from "../state/mapping";
import type { Unit } from "../state/unit";
import { scheduleCrons } from "../timers/fire-cron";
import type { FunctionConfig } from "./config";
import { readConfig } from "./read-config";
import { registration } from "./registration";
import type { RegisteredApp } from "./registry";

export interface Registered {
  readonly app: RegisteredApp;
  /** False when the app registered the same functions before. */
  readonly modified: boolean;
}

/**
 * Takes over an app's functions. `calledAt` is the address the app was reached at, when the engine asked; it is more
 * trustworthy than the one the app derives from its Host header.
 * @throws {RequestError} 400 when the registration cannot be read or a function asks for what is not supported; then nothing changes.
 */
export async function registerApp(ledger: Ledger, body: unknown, calledAt?: string): Promise<Registered> {
  const parsed = registration.safeParse(body);
  if (!parsed.success) throw new RequestError(400, `not a registration: ${z.prettifyError(parsed.error)}`);
  const { url, appName, app_id: appId, framework, sdk, functions } = parsed.data;
  const id = appName ?? appId;
  if (id === undefined) throw new RequestError(400, "not a registration: the app has no id");
  const serveUrl = withoutQuery(calledAt ?? url);
  const configs = functions.map((raw) => readConfig(raw, id, serveUrl));
  const { functions: registry, settings, apps } = ledger.core;
  const checksum = hashOf(JSON.stringify([serveUrl, configs]));
  const now = settings.clock.now();
  const known = registry.app(id);
  if (apps.markUp(id)) {
    settings.logger.info("app answers again", { app: id });
    await ledger.kick();
  }
  if (known?.checksum === checksum) return { app: known, modified: false };
  const app: RegisteredApp = {
    id,
    url: serveUrl,
    framework: framework ?? null,
    sdk: sdk ?? null,
    checksum,
    createdAt: known?.createdAt ?? now,
    syncedAt: now,
  };
  await ledger.submit(async (unit) => {
    await storeApp(unit, app, configs);
    registry.replaceApp(app, configs);
    for (const fn of configs) await scheduleCrons(unit, fn);
  });
  await ledger.kick();
  settings.logger.info("app registered", { app: id, url: serveUrl, functions: configs.length });
  return { app, modified: true };
}

function withoutQuery(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.origin}${parsed.pathname}`;
  } catch (error) {
    throw new RequestError(400, `not a URL: ${url} (${messageOf(error)})`, "invalid_url", { cause: error });
  }
}

async function storeApp(unit: Unit, app: RegisteredApp, configs: readonly FunctionConfig[]): Promise<void> {
  const iso = (ms: number): string => new Date(ms).toISOString();
  await unit.query(
    `insert into engine.app (id, url, framework, sdk, checksum, created_at, synced_at)
     values ($1, $2, $3, $4, $5, $6::timestamptz, $7::timestamptz)
     on conflict (id) do update set url = excluded.url, framework = excluded.framework, sdk = excluded.sdk,
       checksum = excluded.checksum, synced_at = excluded.synced_at`,
    [app.id, app.url, app.framework, app.sdk, app.checksum, iso(app.createdAt), iso(app.syncedAt)],
  );
  await unit.query(
    "update engine.function set archived = true where app_id = $1 and not (id = any($2::text[]))",
    [app.id, textArray(configs.map((fn) => fn.id))],
  );
  await unit.query(
    `insert into engine.function (id, slug, app_id, name, config, archived)
     select id, slug, app_id, name, config, false from json_to_recordset($1::json) as incoming (id text, slug text, app_id text, name text, config text)
     on conflict (id) do update set name = excluded.name, config = excluded.config, archived = false`,
    [
      JSON.stringify(
        configs.map((fn) => ({
          id: fn.id,
          slug: fn.slug,
          app_id: fn.appId,
          name: fn.name,
          config: JSON.stringify(fn),
        })),
      ),
    ],
  );
  await unit.query(
    `delete from engine.job where kind = 'cron' and function_id in (select id from engine.function where app_id = $1 and archived)`,
    [app.id],
  );
}
