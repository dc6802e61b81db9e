import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

type Api = typeof import("@/lib/runs/engine-api");

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
}

let server: http.Server;
let asked: Asked[] = [];
let answer: { status: number; body: string } = { status: 200, body: "{}" };
let api: Api;

beforeEach(async () => {
  asked = [];
  server = http.createServer((request, response) => {
    asked.push({ method: request.method, url: request.url, authorization: request.headers.authorization });
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(answer.body);
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
