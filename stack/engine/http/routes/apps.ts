import { RequestError } from "../../errors";
import type { FunctionConfig } from "../../functions/config";
import type { RegisteredApp } from "../../functions/registry";
import { publicFunctionId } from "../../queries/run-view";
import { v1, v2 } from "../envelope";
import type { Request, Route, Services } from "../route";

export const apps: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v2/apps",
    access: "signing-key",
    errors: "v2",
    handle: async (_, services) => {
      const { functions } = services.ledger.core;
      const list = functions.apps.map((app) => appView(app, services));
      // An address that never answered is no app yet; a console still has to show why.
      const known = new Set(functions.apps.map((app) => app.url));
      const unregistered = services.watch.problems
        .filter(({ url }) => !known.has(url))
        .map(({ url, problem }) => ({
          id: url,
          name: url,
          method: "SERVE",
          functionCount: 0,
          isArchived: false,
          url,
          problem,
        }));
      return { body: v2(services.ledger, [...list, ...unregistered]) };
    },
  },
  {
    method: "GET",
    path: "/api/v2/apps/:appId",
    access: "signing-key",
    errors: "v2",
    handle: async (request, services) => ({
      body: v2(services.ledger, appView(findApp(request, services), services)),
    }),
  },
  {
    method: "GET",
    path: "/api/v2/apps/:appId/functions",
    access: "signing-key",
    errors: "v2",
    handle: async (request, services) => {
      const app = findApp(request, services);
      return { body: v2(services.ledger, services.ledger.core.functions.ofApp(app.id).map(functionView)) };
    },
  },
  {
    method: "GET",
    path: "/v1/apps/:appId/functions",
    access: "signing-key",
    handle: async (request, services) => {
      const app = findApp(request, services);
      return { body: v1(services.ledger, services.ledger.core.functions.ofApp(app.id).map(functionView)) };
    },
  },
];

function findApp(request: Request, { ledger }: Services): RegisteredApp {
  const app = ledger.core.functions.app(request.param("appId"));
  if (!app) throw new RequestError(404, "App not found", "not_found");
  return app;
}

function appView(app: RegisteredApp, { ledger, watch }: Services): Record<string, unknown> {
  const { apps: health, functions } = ledger.core;
  const problem = health.reasonDown(app.id) ?? watch.problemAt(app.url);
  return {
    id: app.id,
    name: app.id,
    method: "SERVE",
    createdAt: new Date(app.createdAt).toISOString(),
    isArchived: false,
    functionCount: functions.ofApp(app.id).length,
    latestSync: {
      status: problem === undefined ? "success" : "error",
      syncedAt: new Date(app.syncedAt).toISOString(),
      sdkVersion: app.sdk,
      framework: app.framework,
      url: app.url,
      error: problem ?? null,
    },
    url: app.url,
    ...(problem === undefined ? {} : { problem }),
  };
}

function functionView(fn: FunctionConfig): Record<string, unknown> {
  return {
    id: publicFunctionId(fn),
    internalId: fn.id,
    name: fn.name,
    slug: fn.slug,
    isPaused: false,
    isArchived: false,
    app: { id: fn.appId },
    triggers: fn.triggers.map((trigger) =>
      trigger.type === "cron"
        ? { type: "CRON", value: trigger.cron }
        : { type: "EVENT", value: trigger.event, ...(trigger.expression && { if: trigger.expression }) },
    ),
    configuration: {
      retries: { value: fn.maxAttempts - 1 },
      concurrency: fn.concurrency.map(({ limit, key, scope }) => ({
        limit: { value: limit },
        key,
        scope: scope.toUpperCase(),
      })),
      ...(fn.priority && { priority: fn.priority }),
      ...(fn.singleton && { singleton: { ...fn.singleton, mode: fn.singleton.mode.toUpperCase() } }),
    },
  };
}
