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
  /** Parts of the path the route's pattern captures, decoded. */
  readonly params: readonly string[];
}

export interface Answer {
  readonly status?: number;
  /** Sent as JSON; absent means an empty body. */
  readonly body?: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: RegExp;
  /** Events have their own key; everything else needs the signing key when there is one. */
  readonly access: "open" | "event-key" | "signing-key";
  /** Error answers come in the shape of the API the route belongs to. */
  readonly errors?: "v2" | "events";
  handle(request: Request, services: Services): Promise<Answer>;
}

export function param(request: Request, index: number): string {
  return request.params[index] ?? "";
}
