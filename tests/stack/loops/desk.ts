import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { startCoStarSite } from "@/stack/costar-site/start-costar-site";
import { type Engine, startEngine } from "@/stack/engine";
import { openMailStore, prepareMailStore } from "@/stack/outlook-host/mail-store";
import { openPglite } from "@/stack/postgres/open-pglite";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { buildStandIn } from "../stand-ins/build-stand-in";

export const MAILBOX = "desk@harborpoint.example";

type Handler = (request: Request) => Promise<Response> | Response;

/**
 * The product's own functions and relay on the embedded stack, in one process: real database, real engine, stand-ins for
 * the outside programs as separate programs, no page.
 */
export async function openDesk() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-desk-"));
  const [claude, outlookHost] = await Promise.all([
    buildStandIn("stack/claude/main.ts"),
    buildStandIn("stack/outlook-host/main.ts"),
  ]);
  await prepareMailStore(path.join(folder, "outlook"), [{ address: MAILBOX, displayName: "Dana" }]);
  const db = await openPglite(path.join(folder, "postgres"));
  const supabase = await startSupabase({ db, port: 0, migrationsDir: "supabase/migrations" });
  // CoStar's clock: turned forward a session ends, and stood still its second is soon used up.
  const coStarClock = { aheadMs: 0, standsAt: null as number | null };
  const costar = await startCoStarSite({
    port: 0,
    now: () => coStarClock.standsAt ?? Date.now() + coStarClock.aheadMs,
    username: "desk",
    password: "costar-password",
    twoFactor: { mode: "phone", timeoutMs: 60_000 },
  });
  const routes = new Map<string, Handler>();
  const server = await listen(routes);
  const appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const enginePort = await freePort();
  Object.assign(process.env, {
    SUPABASE_URL: supabase.url,
    CONSOLE_URL: appUrl,
    INNGEST_BASE_URL: `http://127.0.0.1:${enginePort}`,
    INNGEST_DEV: "1",
    CLAUDE_CODE_PATH: claude,
    OUTLOOK_HOST: outlookHost,
    OUTLOOK_STANDIN_DATA: path.join(folder, "outlook"),
    COSTAR_URL: costar.url,
    COSTAR_USERNAME: "desk",
    COSTAR_PW: "costar-password",
    // Well under what the site takes: on a busy machine requests bunch on their way, and a refusal ends an extraction.
    COSTAR_REQUESTS_PER_MINUTE: "450",
    COSTAR_2FA_TIMEOUT_S: "3",
    UPSTREAM_DATA_DIR: folder,
    LOG_LEVEL: "ERROR",
  });
  await mountRoutes(routes);
  const startOwnEngine = () =>
    startEngine({ db, port: enginePort, appUrls: [`${appUrl}/api/inngest`], syncEveryMs: 500 });
  let engine: Engine | undefined = await startOwnEngine();
  await registered(engine);
  const { serviceDb } = await import("@/lib/server/service-client");
  return {
    db: serviceDb(),
    folder,
    costarUrl: costar.url,
    coStarClock,
    mailStore: () => openMailStore(path.join(folder, "outlook")),
    send: async (name: string, data: object) => {
      const response = await fetch(`http://127.0.0.1:${enginePort}/e/test`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name, data }),
      });
      if (!response.ok) throw new Error(`the engine answered ${response.status}`);
    },
    runs: async () => {
      const response = await fetch(`http://127.0.0.1:${enginePort}/api/v2/runs?limit=50&includeOutput=true`);
      return (await response.json()) as { data: { output?: unknown }[] };
    },
    stopEngine: async () => {
      await engine?.close();
      engine = undefined;
    },
    startEngine: async () => {
      engine = await startOwnEngine();
      await registered(engine);
    },
    close: async () => {
      const { disconnectCoStar } = await import("@/lib/costar/browser-session");
      await disconnectCoStar();
      await engine?.close();
      server.closeAllConnections();
      server.close();
      await costar.close();
      await supabase.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

async function mountRoutes(routes: Map<string, Handler>): Promise<void> {
  const [{ serve }, { inngest }, { functions }] = await Promise.all([
    import("inngest/edge"),
    import("@/inngest/client"),
    import("@/inngest/functions"),
  ]);
  const engineDoor = serve({ client: inngest, functions });
  for (const method of ["GET", "POST", "PUT"]) routes.set(`${method} /api/inngest`, engineDoor);
  routes.set("GET /api/relay/health", (await import("@/app/api/relay/health/route")).GET);
  routes.set("POST /api/relay/send", (await import("@/app/api/relay/send/route")).POST);
  routes.set("POST /api/relay/find", (await import("@/app/api/relay/find/route")).POST);
  routes.set("POST /api/relay/list", (await import("@/app/api/relay/list/route")).POST);
}

async function listen(routes: ReadonlyMap<string, Handler>): Promise<Server> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const handler = routes.get(`${request.method} ${url.pathname}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const body = request.method === "GET" ? undefined : Buffer.concat(chunks);
    const answer = handler
      ? await handler(new Request(url, { method: request.method, headers, body }))
      : new Response("not here", { status: 404 });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function registered(engine: Engine): Promise<void> {
  for (;;) {
    const response = await fetch(`${engine.url}/v1/apps/upstream/functions`);
    const { data } = (await response.json()) as { data?: unknown[] };
    if (data?.length) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
