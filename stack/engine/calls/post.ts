import http from "node:http";
import https from "node:https";
import { AppUnreachableError } from "../errors";

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface HttpRequest {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const MAX_REPLY_BYTES = 64 * 1024 * 1024;
// Shorter than the 5 s after which Node servers close an idle connection, so that a call rarely meets a closing one.
const IDLE_MS = 3_000;
const REFUSED = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"]);

/**
 * One client for all calls, with connections kept open (a new one costs 0.5 ms) and no hidden time limits: global fetch
 * gives up after 300 s without headers, a step may take two hours.
 */
export class HttpClient {
  readonly #agents = {
    "http:": new http.Agent({ keepAlive: true, maxFreeSockets: 64, timeout: IDLE_MS }),
    "https:": new https.Agent({ keepAlive: true, maxFreeSockets: 64, timeout: IDLE_MS }),
  };

  /**
   * @throws {AppUnreachableError} when no connection could be made.
   * @throws {Error} when it broke, timed out, was aborted, or the reply is larger than 64 MiB.
   */
  send(request: HttpRequest): Promise<HttpReply> {
    const url = new URL(request.url);
    const isTls = url.protocol === "https:";
    return new Promise((resolve, reject) => {
      const outgoing = (isTls ? https : http).request(url, {
        method: request.method,
        agent: this.#agents[isTls ? "https:" : "http:"],
        headers: { ...request.headers, "content-length": String(Buffer.byteLength(request.body)) },
        ...(request.signal ? { signal: request.signal } : {}),
      });
      const limit = setTimeout(
        () => outgoing.destroy(new Error(`no answer from ${request.url} within ${request.timeoutMs} ms`)),
        request.timeoutMs,
      );
      const fail = (error: NodeJS.ErrnoException): void => {
        clearTimeout(limit);
        reject(
          REFUSED.has(error.code ?? "") ? new AppUnreachableError(request.url, { cause: error }) : error,
        );
      };
      outgoing.on("error", fail);
      // The agent's idle limit must not apply to a call that is under way.
      outgoing.on("socket", (socket) => socket.setTimeout(0));
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_REPLY_BYTES)
            outgoing.destroy(new Error(`the answer of ${request.url} is larger than 64 MiB`));
          else chunks.push(chunk);
        });
        incoming.on("error", fail);
        incoming.on("end", () => {
          clearTimeout(limit);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers as Record<string, string | undefined>,
            body: Buffer.concat(chunks).toString("utf8"),
          });
        });
      });
      outgoing.end(request.body);
    });
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }
}
