import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "@/lib/server/database.types";
import { LOCAL_PUBLISHABLE_KEY } from "@/lib/server/local-keys";
import { E2E } from "../../../playwright.config";

/** A desk as an operator's own program sees it: an access token, the JSON endpoints, and rows behind RLS. */
export async function openApi({ port, apiPort }: { port: number; apiPort: number } = E2E) {
  const db = createClient<Database>(`http://127.0.0.1:${apiPort}`, LOCAL_PUBLISHABLE_KEY, {
    auth: { persistSession: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
  const { data, error } = await db.auth.signInWithPassword({ email: E2E.email, password: E2E.password });
  if (error) throw error;
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${data.session.access_token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  };
  return { db, ask, token: data.session.access_token };
}

export type Api = Awaited<ReturnType<typeof openApi>>;

/** The approval a search waits for at a checkpoint, or undefined while it does not. */
export async function pendingApproval({ ask }: Api, searchId: string, checkpoint: string) {
  const { body } = await ask("GET", `/api/approvals?status=pending&checkpoint=${checkpoint}&limit=200`);
  return body.items.find((item: { search_id: string }) => item.search_id === searchId) as
    | { id: string; revision: number; content_hash: string }
    | undefined;
}

/** Approves exactly what is shown. */
export async function approve({ ask }: Api, approval: { id: string; content_hash: string }): Promise<void> {
  const { status, body } = await ask("POST", `/api/approvals/${approval.id}/decision`, {
    decision: "approve",
    contentHash: approval.content_hash,
  });
  if (status !== 200) throw new Error(`approving answered ${status}: ${JSON.stringify(body)}`);
}

/** Taps "Approve" for every sign-in that waits on the stand-in phone. */
export async function tapPhone(phoneUrl: string): Promise<void> {
  const { waiting } = (await (await fetch(`${phoneUrl}/pending`)).json()) as { waiting: { id: string }[] };
  for (const { id } of waiting)
    await fetch(`${phoneUrl}/decide`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ id, verdict: "approved" }),
    });
}
