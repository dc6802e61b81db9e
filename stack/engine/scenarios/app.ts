import http from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import { type AnyFunction, Kit } from "./kit";
import type { Scenario } from "./scenario";

export interface ScenarioApp {
  readonly kit: Kit;
  /** Serve endpoint. */
  readonly url: string;
  close(): Promise<void>;
}

const quiet = { info() {}, debug() {}, warn() {}, error() {} };

/** Serves every scenario's functions with the real SDK, as one app in this process. */
export async function startScenarioApp(
  server: string,
  scenarios: readonly Scenario[],
  options: { readonly appId: string; readonly checkpointing: boolean },
): Promise<ScenarioApp> {
  const client = new Inngest({
    id: options.appId,
    isDev: true,
    baseUrl: server,
    logger: quiet,
    ...(options.checkpointing ? {} : { checkpointing: false }),
  });
  const kit = new Kit(client as unknown as Inngest<{ id: string }>, options.appId);
  const functions = scenarios.flatMap((scenario): readonly AnyFunction[] => {
    const defined = scenario.define(kit);
    return Array.isArray(defined) ? (defined as readonly AnyFunction[]) : [defined as AnyFunction];
  });
  const handler = serve({ client, functions });
  const listener = http.createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    kit,
    url: `http://127.0.0.1:${port}/api/inngest`,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
}
