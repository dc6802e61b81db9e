import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import { LOCAL_PUBLISHABLE_KEY } from "@/lib/config/local-keys";
import type { Database } from "@/lib/db/database.types";
import { E2E } from "../../../playwright.config";

/** The desk as an operator's own program sees it: an access token, the JSON endpoints, and rows behind RLS. */
export async function openApi() {
  const db = createClient<Database>(`http://127.0.0.1:${E2E.apiPort}`, LOCAL_PUBLISHABLE_KEY, {
    auth: { persistSession: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
  const { data, error } = await db.auth.signInWithPassword({ email: E2E.email, password: E2E.password });
  if (error) throw error;
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${E2E.port}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${data.session.access_token}`,
        "content-type": "application/json",
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  };
  return { db, ask };
}
