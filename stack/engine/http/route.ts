import type { IncomingHttpHeaders } from "node:http";
import type { AppWatch } from "../functions/app-watch";
import type { Ledger } from "../state/ledger";

export interface Services {
  readonly ledger: Ledger;
  readonly watch: AppWatch;
  readonly eventKey: string | undefined;
}

export interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly body: string;
  /** A part of the path by its name, decoded. */
  param(name: string): string;
}

export interface Answer {
  readonly status?: number;
  /** Sent as JSON; absent means an empty body. */
  readonly body?: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As Hono reads it: `/v1/runs/:runId`. */
  readonly path: string;
  /** Events have their own key; everything else needs the signing key when there is one. */
  readonly access: "open" | "event-key" | "signing-key";
  /** Error answers come in the shape of the API the route belongs to. */
  readonly errors?: "v2" | "events";
  handle(request: Request, services: Services): Promise<Answer>;
}
