import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Call {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: CallBody;
}

interface CallBody {
  readonly ctx: { attempt: number; generation_id: number; qi_id: string; run_id: string };
  readonly steps: Record<string, unknown>;
}

/** What answers a call: anything an app, or something that is no app, may do. */
type Answer = (call: Call, response: ServerResponse) => void;

export interface FakeApp {
  readonly url: string;
  readonly calls: Call[];
  answer: Answer;
  close(): Promise<void>;
}

export interface FakeFunction {
  readonly id: string;
  readonly event: string;
  readonly retries?: number;
  readonly more?: Record<string, unknown>;
}

/** An app that registers like an SDK and then answers calls as the test says. */
export async function startFakeApp(
  appId: string,
  functions: readonly FakeFunction[],
  port = 0,
): Promise<FakeApp> {
  const calls: Call[] = [];
  const server = http.createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
  const app: FakeApp = {
    url,
    calls,
    answer: (_, response) => done(response, null),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    if (request.method === "PUT") {
      response.setHeader("x-inngest-sync-kind", "in_band");
      response.end(
        JSON.stringify({
          app_id: appId,
          url,
          sdk: "js:test",
          functions: functions.map((fn) => registrationOf(fn, url)),
        }),
      );
      return;
    }
    const call: Call = {
      url: request.url ?? "",
      headers: request.headers,
      body: JSON.parse(Buffer.concat(chunks).toString()) as CallBody,
    };
    calls.push(call);
    app.answer(call, response);
  }

  return app;
}

function registrationOf({ id, event, retries, more }: FakeFunction, url: string): unknown {
  return {
    id,
    name: id,
    triggers: [{ event }],
    steps: {
      step: {
        id: "step",
        name: "step",
        runtime: { type: "http", url },
        ...(retries === undefined ? {} : { retries: { attempts: retries } }),
      },
    },
    ...more,
  };
}

/** Answers like an SDK whose function returned. */
export function done(response: ServerResponse, value: unknown): void {
  response.setHeader("x-inngest-sdk", "inngest-js:v4.24.0");
  response.end(JSON.stringify(value));
}

/** Answers like an SDK that reports operations. */
export function report(response: ServerResponse, ops: readonly unknown[]): void {
  response.writeHead(206, { "x-inngest-sdk": "inngest-js:v4.24.0", "x-inngest-req-version": "2" });
  response.end(JSON.stringify(ops));
}
