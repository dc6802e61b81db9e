import "server-only";
import path from "node:path";
import type { z } from "zod";
import { env } from "@/lib/config/env";
import { MailboxError, type MailTransport } from "../transport";
import { type OutlookRequest, outlookResultSchemas } from "./contract";
import { runHost } from "./run-host";

/** The program that talks to Outlook: cscript with our script on Windows, or whatever OUTLOOK_HOST names. */
function hostCommand(): readonly [string, ...string[]] {
  const program = env().OUTLOOK_HOST;
  if (program) return /\.(mjs|cjs|js)$/.test(program) ? [process.execPath, program] : [program];
  if (process.platform === "win32")
    return [
      "cscript.exe",
      "//Nologo",
      path.join(process.cwd(), "lib", "mailbox", "outlook", "outlook-host.js"),
    ];
  throw new MailboxError(
    "Outlook runs on Windows only. Set OUTLOOK_HOST to a program that keeps its contract.",
    true,
  );
}

async function call<Result extends z.ZodType>(
  request: OutlookRequest,
  result: Result,
): Promise<z.output<Result>> {
  const parsed = result.safeParse(await runHost(request, hostCommand()));
  if (!parsed.success)
    throw new MailboxError(`The Outlook host's result has another shape: ${parsed.error.message}`, false);
  return parsed.data;
}

/** Outlook on this machine, through its own automation. */
export const outlookTransport: MailTransport = {
  ping: () => call({ action: "ping" }, outlookResultSchemas.ping),
  send: (mail) =>
    call(
      {
        action: "send",
        account: mail.account,
        idempotencyId: mail.key,
        to: [mail.to],
        subject: mail.subject,
        bodyText: mail.bodyText,
        replyToEntryId: mail.replyToEntryId,
      },
      outlookResultSchemas.send,
    ),
  find: async (account, key) =>
    (await call({ action: "find", account, idempotencyId: key }, outlookResultSchemas.find)).item,
  list: (account, folder, sinceUtc, limit) =>
    call({ action: "list", account, folder, sinceUtc, limit }, outlookResultSchemas.list),
};
