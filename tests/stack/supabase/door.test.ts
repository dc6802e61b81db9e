import http from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { type Project, startProject } from "./project/start-project";

interface Reply {
  readonly status: number;
  readonly body: string;
}

describe("The door of the API", () => {
  let project: Project;
  beforeAll(async () => {
    project = await startProject("pglite");
  });
  afterAll(() => project?.stop());

  /** A request with exactly these headers, which fetch would not send. */
  const request = (
    path: string,
    headers: Record<string, string> = {},
    method = "GET",
    body?: string | Buffer,
  ) =>
    new Promise<Reply>((resolve, reject) => {
      const sent = http.request(`${project.api.url}${path}`, { method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
      });
      sent.on("error", reject);
      sent.end(body);
    });
  const anon = () => ({ apikey: project.api.publishableKey });
  const secret = () => ({ apikey: project.api.secretKey, authorization: `Bearer ${project.api.secretKey}` });

  it("says that it is up, and on which engine", async () => {
    const { status, body } = await request("/health");
    expect([status, JSON.parse(body)]).toEqual([
      200,
      { ok: true, name: "upstream embedded stack", engine: "pglite" },
    ]);
  });

  it("lets a page of another local port in, as browsers ask beforehand", async () => {
    const response = await fetch(`${project.api.url}/rest/v1/authors`, {
      method: "OPTIONS",
      headers: { "access-control-request-headers": "apikey,content-type" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-headers")).toBe("apikey,content-type");
  });

  it("answers only to loopback names, so no page on the internet can point its own name here", async () => {
    for (const host of [
      "evil.example",
      "127.0.0.1.evil.example",
      "localhost.evil.example:80",
      "127.0.0.1@evil.example",
    ])
      expect((await request("/rest/v1/authors", { ...secret(), host })).status).toBe(403);
    for (const host of ["localhost", "127.0.0.1:55321", "[::1]:9", "LOCALHOST:1"])
      expect((await request("/rest/v1/authors", { ...secret(), host })).status).toBe(200);
  });

  it("refuses the secret key to anything that looks like a browser", async () => {
    const marks: ReadonlyArray<Record<string, string>> = [
      { origin: "http://localhost:3000" },
      { "sec-fetch-site": "same-origin" },
      { "sec-fetch-dest": "empty" },
    ];
    for (const header of marks) {
      expect((await request("/rest/v1/authors", { ...secret(), ...header })).status).toBe(401);
      expect((await request("/auth/v1/admin/users", { ...secret(), ...header })).status).toBe(401);
      expect((await request("/rest/v1/authors?select=id", { ...anon(), ...header })).status).toBe(200);
    }
    expect((await fetch(`${project.api.url}/rest/v1/authors`, { headers: secret() })).status).toBe(200);
  });

  it("refuses the secret key to a browser's Realtime as well, and foreign hosts at the handshake", async () => {
    const url = `${project.api.url.replace("http", "ws")}/realtime/v1/websocket?vsn=2.0.0&apikey=${project.api.secretKey}`;
    const socket = new WebSocket(url, { origin: "http://localhost:3000" });
    await new Promise((resolve) => socket.once("open", resolve));
    const reply = new Promise<string>((resolve) => socket.once("message", (frame) => resolve(String(frame))));
    socket.send('["1","1","realtime:x","phx_join",{"config":{}}]');
    expect(await reply).toContain("Forbidden use of secret API key in browser");
    socket.terminate();
    const foreign = new WebSocket(url, { headers: { host: "evil.example" } });
    expect(
      await new Promise((resolve) => foreign.once("error", (error) => resolve(error.message))),
    ).toContain("403");
  });

  it("wants a key, and a token of its own", async () => {
    const noKey = await request("/rest/v1/authors");
    const wrongKey = await request("/rest/v1/authors", { apikey: "sb_secret_guess" });
    const badTokens = ["x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJyb2xlIjoic2VydmljZV9yb2xlIn0."].map((token) =>
      request("/rest/v1/authors", { ...anon(), authorization: `Bearer ${token}` }),
    );
    for (const { status } of [noKey, wrongKey, ...(await Promise.all(badTokens))]) expect(status).toBe(401);
    expect((await request("/auth/v1/user", { ...anon(), authorization: "Bearer a.b.c" })).status).toBe(401);
  });

  it("refuses a body over 10 MB with 413, declared or not", async () => {
    const body = `[${'{"ns":"x"},'.repeat(1_000_000)}{}]`;
    const headers = { ...secret(), "content-type": "application/json" };
    const declared = await request(
      "/rest/v1/kv",
      { ...headers, "content-length": String(body.length) },
      "POST",
      body,
    ).catch(
      (error: NodeJS.ErrnoException) => error.code, // the server may hang up before all of it was sent
    );
    const streamed = await request(
      "/rest/v1/kv",
      { ...headers, "transfer-encoding": "chunked" },
      "POST",
      body,
    ).catch((error: NodeJS.ErrnoException) => error.code);
    for (const reply of [declared, streamed])
      expect(
        typeof reply === "object" ? [reply.status, JSON.parse(reply.body).code] : [413, "body_too_large"],
      ).toEqual([413, "body_too_large"]);
    expect((await request("/health")).status).toBe(200);
  });

  it("answers broken JSON, text that is not UTF-8 and broken addresses with 400", async () => {
    const headers = { ...secret(), "content-type": "application/json" };
    for (const body of ["{", "7", '"x"', "[1]", "[[]]", "null", Buffer.from([0x7b, 0xff, 0x7d])])
      expect((await request("/rest/v1/kv", headers, "POST", body)).status).toBe(400);
    for (const path of [
      "/rest/v1/%ff",
      "/rest/v1/%",
      "/rest/v1/kv?k=eq.%00",
      "/rest/v1/kv%00",
      "/rest/v1/kv?%00=eq.1",
    ])
      expect((await request(path, secret())).status).toBe(400);
    expect(
      (await request("/rest/v1/kv", { ...secret(), "content-type": "text/csv" }, "POST", "a")).status,
    ).toBe(415);
    expect((await request("/rest/v1/kv", secret(), "PUT", "{}")).status).toBe(405);
    expect((await request("/rest/v1/", secret())).status).toBe(404);
    expect((await request("/elsewhere", secret())).status).toBe(404);
  });
});
