import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Api = typeof import("@/lib/runs/engine-api");

interface Asked {
  readonly body: string;
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
}

let server: http.Server;
let asked: Asked[] = [];
let answer: { status: number; body: string } = { status: 200, body: "{}" };
let answers: Record<string, { status: number; body: string }> = {};
let api: Api;

beforeEach(async () => {
  asked = [];
  answers = {};
  server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      const { method, url, headers } = request;
      asked.push({ method, url, authorization: headers.authorization, body });
      const { status, body: text } = answers[url ?? ""] ?? answer;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("INNGEST_BASE_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.resetModules();
  api = await import("@/lib/runs/engine-api");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

const say = (body: unknown, status = 200) => {
  answer = { status, body: typeof body === "string" ? body : JSON.stringify(body) };
};
const run = (id: string, fn: string, status: string, endedAt?: string) => ({
  id,
  function: { id: fn },
  status,
  queuedAt: "2026-11-23T08:00:00Z",
  ...(endedAt ? { endedAt } : {}),
});

describe("The list of runs", () => {
  it("asks for the functions, status and page wanted, and hands on the next page's cursor", async () => {
    say({ data: [run("1", "sweep", "RUNNING")], page: { hasMore: true, cursor: "c1" } });
    const page = await api.listRuns({ functionIds: ["sweep"], status: "running", cursor: "c0", limit: 5 });
    expect(asked[0]?.url).toBe(
      "/api/v2/runs?limit=5&includeOutput=true&functionId=sweep&status=RUNNING&cursor=c0",
    );
    expect(page).toMatchObject({ runs: [{ id: "1" }], nextCursor: "c1" });
  });

  it("shows only what was asked for when the server does not know the filters", async () => {
    say({
      data: [
        run("1", "sweep", "RUNNING"),
        run("2", "upstream-run-outreach", "COMPLETED", "2026-11-23T08:01:00Z"),
      ],
    });
    const page = await api.listRuns({ functionIds: ["run-outreach"], limit: 5 });
    expect(page).toEqual({ runs: [expect.objectContaining({ id: "2" })], nextCursor: null });
  });
});

describe("An engine that does not do as asked", () => {
  it.each([
    [404, { errors: [{ code: "not_found", message: "Run not found" }] }, "not_found", "Run not found"],
    [401, { error: "Authentication failed", status: 401 }, "refused", "Authentication failed"],
    [500, "<html>broken</html>", "refused", "The engine answered 500."],
    [200, "<html>a web page</html>", "unexpected", "The engine's answer is not what this version expects."],
    [
      200,
      { data: { run: "of another shape" } },
      "unexpected",
      "The engine's answer is not what this version expects.",
    ],
  ])("with %i %j is an error of a kind a page can explain", async (status, body, kind, message) => {
    say(body, status);
    await expect(api.readRun("x")).rejects.toMatchObject({ name: "EngineError", kind, message });
  });

  it("because it is down is named with its address", async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(api.listRuns({ limit: 1 })).rejects.toMatchObject({
      kind: "unreachable",
      message: expect.stringContaining("http://127.0.0.1:"),
    });
  });

  it("has merely forgotten an event: the run is shown without it", async () => {
    say({ error: "Event not found" }, 404);
    expect(await api.readEventData("x")).toBeNull();
  });
});

describe("Replaying and cancelling", () => {
  it("ask the engine once, with the run's id kept inside its place in the path", async () => {
    say({ data: { runId: "2" } });
    expect(await api.replayRun("1/../x")).toBe("2");
    say({ data: {} });
    await api.cancelRun("1");
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "POST /api/v2/runs/1%2F..%2Fx/rerun",
      "POST /api/v2/runs/1/cancel",
    ]);
  });

  it("say in the engine's words that a run has ended already", async () => {
    say({ errors: [{ code: "run_already_ended", message: "Cannot cancel an ended run" }] }, 409);
    await expect(api.cancelRun("1")).rejects.toMatchObject({
      kind: "refused",
      message: "Cannot cancel an ended run",
    });
  });

  it("carry the signing key where there is one", async () => {
    vi.stubEnv("INNGEST_SIGNING_KEY", "signkey-test-00");
    say({ data: [] });
    await api.listRuns({ limit: 1 });
    expect(asked[0]?.authorization).toBe("Bearer signkey-test-00");
  });
});

/** What Inngest's dev server answers at these addresses. */
const DEV_SERVER = {
  "/health": { status: 200, body: '{"status":200,"message":"OK"}' },
  "/dev": { status: 200, body: '{"version":"1.43.0","functions":[{"id":"f"}],"handlers":[]}' },
};

describe("Another engine than the embedded one", () => {
  it("has a page of its own when it is the dev server, and only then", async () => {
    const { readDevServerHref } = await import("@/lib/runs/engine-kind");
    answers = DEV_SERVER;
    expect(await readDevServerHref("01R/x")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/run\?runID=01R%2Fx$/);
    expect(await readDevServerHref()).toMatch(/\/runs$/);
  });

  it.each([
    [
      "the embedded engine",
      { "/health": { status: 200, body: '{"status":200,"name":"upstream embedded engine"}' } },
    ],
    ["a server without pages", { ...DEV_SERVER, "/dev": { status: 404, body: '{"error":"not found"}' } }],
  ])("has none when it is %s", async (_, said) => {
    const { readDevServerHref } = await import("@/lib/runs/engine-kind");
    answers = said;
    expect(await readDevServerHref()).toBeNull();
  });

  it("is shown without a link when nothing answers", async () => {
    const { readDevServerHref } = await import("@/lib/runs/engine-kind");
    await new Promise((resolve) => server.close(resolve));
    expect(await readDevServerHref()).toBeNull();
  });

  it("replays from a step by the way each engine has for it", async () => {
    answers = { "/health": { status: 200, body: '{"name":"upstream embedded engine"}' } };
    say({ data: { runId: "2" } });
    expect(await api.replayRun("1", "abc")).toBe("2");
    expect(asked.at(-1)).toMatchObject({
      url: "/api/v2/runs/1/rerun",
      body: '{"fromStep":{"stepId":"abc"}}',
    });
    vi.resetModules();
    api = await import("@/lib/runs/engine-api");
    answers = { ...DEV_SERVER, "/v0/gql": { status: 200, body: '{"data":{"rerun":"01NEW"}}' } };
    expect(await api.replayRun('1"', "abc")).toBe("01NEW");
    expect(JSON.parse(asked.at(-1)?.body ?? "")).toEqual({
      query: 'mutation { rerun(runID: "1\\"", fromStep: { stepID: "abc" }) }',
    });
    answers["/v0/gql"] = { status: 200, body: '{"errors":[{"message":"step not found"}],"data":null}' };
    await expect(api.replayRun("1", "abc")).rejects.toMatchObject({
      kind: "refused",
      message: "step not found",
    });
  });

  it("lists, shows and traces runs in the shape its v2 API answers", async () => {
    answers = {
      "/api/v2/runs?limit=2&includeOutput=true": {
        status: 200,
        body: JSON.stringify({
          data: [
            {
              id: "01M83F6FG5ZW72007KZAWAGQJG",
              app: { id: "4f0c5a3e-0000-5000-8000-000000000000", name: "upstream" },
              function: { id: "a88465e4-38c0-5120-b922-a9a471a26aff", slug: "upstream-sweep", name: "Sweep" },
              status: "COMPLETED",
              queuedAt: "2026-11-23T05:48:54.103Z",
              startedAt: "2026-11-23T05:48:54.200Z",
              trigger: { eventIds: ["01M83FDYM6"], isBatch: false, eventName: "loops/tick" },
            },
          ],
          metadata: { fetchedAt: "2026-11-23T05:49:00Z" },
          page: { hasMore: true, cursor: "01M83F6", limit: 2 },
        }),
      },
      "/api/v2/runs/01M83F6FG5ZW72007KZAWAGQJG/trace?includeOutput=true": {
        status: 200,
        body: JSON.stringify({
          data: {
            runId: "01M83F6FG5ZW72007KZAWAGQJG",
            rootSpan: {
              name: "Run",
              status: "COMPLETED",
              children: [
                {
                  stepId: "86f7",
                  stepOp: "RUN",
                  name: "a",
                  status: "COMPLETED",
                  endedAt: "2026-11-23T05:48:55Z",
                  output: { hi: "1" },
                },
                { stepId: "c264", stepOp: "SLEEP", name: "nap", status: "WAITING" },
              ],
            },
          },
        }),
      },
    };
    const { runs, nextCursor } = await api.listRuns({ limit: 2 });
    // Without an end it still runs, whatever the server infers.
    expect(runs).toMatchObject([{ functionId: "sweep", status: "running", eventName: "loops/tick" }]);
    expect(nextCursor).toBe("01M83F6");
    expect(await api.readSteps("01M83F6FG5ZW72007KZAWAGQJG")).toMatchObject([
      { id: "86f7", kind: "step", status: "completed", output: { hi: "1" } },
      { id: "c264", kind: "sleep", status: "queued" },
    ]);
  });
});
