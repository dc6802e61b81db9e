import http from "node:http";
import { isDeepStrictEqual } from "node:util";
import { type Project, startProject } from "../project/start-project";
import { type Asker, type NestedRequest, nestedRequests } from "./nested-requests";

export interface FuzzFigures {
  readonly requests: number;
  /** Answers that are not true, each in words: a success that is none, a refusal of what was done, a 5xx that is not real. */
  readonly lies: string[];
  /** Requests that took more than a second, and did so again. */
  readonly hangs: string[];
  /** Engines that had to be replaced. */
  readonly restarts: number;
  /** Requests that were answered with success: fuzz that never gets in proves little. */
  readonly taken: number;
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
}

const HANG_MS = 1_000;
const AT_ONCE = 4;
const WRONG_PASSWORD: NestedRequest = {
  asker: "anon",
  method: "POST",
  path: "/auth/v1/token?grant_type=password",
  headers: {},
  body: '{"email":"ada@example.com","password":"not hers"}',
};

/** Sends requests that nest, repeat and truncate everything the REST half reads, and reads back what each write left. */
export async function runFuzz(
  engine: "pglite" | "postgres",
  requests: number,
  seed: number,
): Promise<FuzzFigures> {
  let restarts = 0;
  const project = await startProject(engine, {}, () => {
    restarts += 1;
  });
  const agent = new http.Agent({ keepAlive: true });
  try {
    const { token } = await project.signIn("ada@example.com");
    const send = sender(project, token, agent);
    const next = nestedRequests(seed);
    // A wrong password is told slowly on purpose, and more slowly by a busy machine.
    const slowest = { signIn: HANG_MS + 2 * (await send(WRONG_PASSWORD)).tookMs, other: HANG_MS };
    const [lies, hangs]: [string[], string[]] = [[], []];
    let [sent, taken] = [0, 0];
    const busy = new Set<string>();
    const client = async () => {
      while (sent < requests) {
        sent += 1;
        const request = next();
        // Two at once on one row would each tell of the other.
        if (request.row && busy.has(request.row.k)) continue;
        if (request.row) busy.add(request.row.k);
        const limitMs = request.path.startsWith("/auth/") ? slowest.signIn : slowest.other;
        const lie = await tryOne({ send, hangs, limitMs }, request, () => {
          taken += 1;
        });
        if (lie) lies.push(`${lie}: ${say(request)}`);
        if (request.row) busy.delete(request.row.k);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    return { requests: sent, lies, hangs, restarts, taken };
  } finally {
    agent.destroy();
    await project.stop();
  }
}

interface Trial {
  readonly send: (request: NestedRequest) => Promise<Reply>;
  readonly hangs: string[];
  readonly limitMs: number;
}

async function tryOne(
  { send, hangs, limitMs }: Trial,
  request: NestedRequest,
  onTaken: () => void,
): Promise<string | undefined> {
  const before = request.row && (await readBack(send, request.row.k));
  const reply = await send(request);
  if (reply.tookMs > limitMs && (await send(request)).tookMs > limitMs)
    hangs.push(`${reply.tookMs} ms: ${say(request)}`);
  const isTaken = reply.status >= 200 && reply.status < 300;
  if (isTaken) onTaken();
  if (reply.status === 0 || reply.status >= 500) return `${reply.status} ${reply.text.slice(0, 200)}`;
  if (reply.status !== 204 && reply.status !== 201 && reply.status !== 431 && !isJson(reply.text))
    return `${reply.status} with an answer that is no JSON (${reply.text.slice(0, 40)})`;
  if (isTaken && "echo" in request && !isDeepStrictEqual(JSON.parse(reply.text), request.echo))
    return "another echo came back";
  if (!request.row) return undefined;
  const after = await readBack(send, request.row.k);
  if (!isTaken) return isDeepStrictEqual(after, before) ? undefined : `${reply.status}, but the row changed`;
  // A change or removal that found no row to change is a success as well.
  if (request.method !== "POST" && before === undefined && after === undefined) return undefined;
  if (request.method !== "POST" && request.path.includes("&or=") && isDeepStrictEqual(after, before))
    return undefined;
  const wanted = request.row.after === "gone" ? undefined : request.row.after;
  return isDeepStrictEqual(after, wanted) ? undefined : `${reply.status}, but the row is not what was sent`;
}

async function readBack(
  send: (request: NestedRequest) => Promise<Reply>,
  k: string,
): Promise<{ v: unknown } | undefined> {
  const path = `/rest/v1/kv?select=v&ns=eq.fuzz&k=eq.${k}`;
  const { status, text } = await send({ asker: "service", method: "GET", path, headers: {}, body: "" });
  if (status !== 200) throw new Error(`a row could not be read back: ${status} ${text}`);
  return (JSON.parse(text) as Array<{ v: unknown }>)[0];
}

function sender({ api }: Project, token: string, agent: http.Agent) {
  const keys: Readonly<Record<Asker, Record<string, string>>> = {
    anon: { apikey: api.publishableKey },
    ada: { apikey: api.publishableKey, authorization: `Bearer ${token}` },
    service: { apikey: api.secretKey },
  };
  return ({ asker, method, path, headers, body }: NestedRequest): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now();
      const hasBody = method === "POST" || method === "PATCH";
      const sent = http.request(
        `${api.url}${path}`,
        {
          agent,
          method,
          headers: {
            ...keys[asker],
            ...headers,
            ...(hasBody && { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString(),
              tookMs: Math.round(performance.now() - startedAt),
            }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(hasBody ? body : undefined);
    });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function say({ asker, method, path, body }: NestedRequest): string {
  return `${asker} ${method} ${path.slice(0, 300)} ${body.slice(0, 200)}`;
}
