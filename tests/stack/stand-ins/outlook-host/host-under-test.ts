import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { outlookAnswerSchema, outlookResultSchemas } from "@/lib/mailbox/outlook/contract";
import { type MailStore, prepareMailStore, type StoreAccount } from "@/stack/outlook-host/mail-store";
import { runHost } from "@/stack/outlook-host/run-host";

export const DESK: StoreAccount = { address: "desk@brokers.example", displayName: "Dana Désk" };

export async function freshStore(): Promise<MailStore> {
  return await prepareMailStore(await mkdtemp(path.join(os.tmpdir(), "mail-store-")), [DESK]);
}

export async function writeRequest(request: unknown): Promise<string> {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), "request-")), "request.json");
  await writeFile(file, JSON.stringify(request));
  return file;
}

/** One call of the host in this process, read back through the product's own schemas. */
export async function callHost<Action extends keyof typeof outlookResultSchemas>(
  store: MailStore,
  request: { action: Action } & Record<string, unknown>,
) {
  const run = await runHost([await writeRequest(request)], { OUTLOOK_STANDIN_DATA: store.dir });
  const answer = outlookAnswerSchema.parse(JSON.parse(run.line));
  if (!answer.ok) throw new Error(`${answer.error.message} (${answer.error.hresult})`);
  return outlookResultSchemas[request.action].parse(answer.result) as ReturnType<
    (typeof outlookResultSchemas)[Action]["parse"]
  >;
}

export function sendRequest(overrides: Record<string, unknown> = {}) {
  return {
    action: "send" as const,
    account: DESK.address,
    idempotencyId: "send-0001",
    to: ["owner@holdings.example"],
    subject: "1 Main St",
    bodyText: "Hello,\nwould you sell?",
    ...overrides,
  };
}

export const since = "2020-01-01T00:00:00Z";
