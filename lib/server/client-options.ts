import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "./database.types";

export type Db = SupabaseClient<Database>;

/** Every database request ends within this time, answered or not. */
const REQUEST_TIMEOUT_MS = 15_000;

function fetchInTime(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
  const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  return fetch(input, { ...init, signal, cache: "no-store" });
}

/** Node 20 has no WebSocket of its own, and supabase-js refuses to start without one. */
export const serverClientOptions = {
  global: { fetch: fetchInTime },
  realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
};
