import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";

/** What a route finds in `c.env`: the request as Node has it, beside the one of the web. */
export type Env = { readonly Bindings: HttpBindings };

export interface Listening {
  readonly port: number;
  /** Without a trailing slash. */
  readonly url: string;
  /** Takes no more connections and waits for the requests that are under way; `cut` does not wait for them. */
  close(how?: "cut"): Promise<void>;
}

/** Serves an app. @throws {Error} when the port is taken. */
export async function listen(app: Hono<Env>, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  // Longer than the pause between two requests of the same program, so that connections are reused.
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    port: actual,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`,
    close: (how) =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        if (how === "cut") server.closeAllConnections();
        else server.closeIdleConnections();
      }),
  };
}
