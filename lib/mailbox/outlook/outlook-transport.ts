import "server-only";
import type { z } from "zod";
import { env } from "@/lib/server/env";
import { MailboxError, type MailTransport } from "../transport";
import { type OutlookRequest, outlookResultSchemas } from "./contract";
import { hostCommand } from "./host-command";
import { runHost } from "./run-host";

async function call<Result extends z.ZodType>(
  request: OutlookRequest,
  result: Result,
): Promise<z.output<Result>> {
  const command = hostCommand({
    outlookHost: env().OUTLOOK_HOST,
    platform: process.platform,
    root: process.cwd(),
    systemRoot: process.env.SystemRoot,
  });
  const parsed = result.safeParse(await runHost(request, command));
  if (!parsed.success)
    throw new MailboxError(`The Outlook host's result has another shape: ${parsed.error.message}`, false, {
      cause: parsed.error,
    });
  return parsed.data;
}

/** What Outlook says about itself beyond what every transport tells: whether it trusts programs, whether it is offline. */
export function pingOutlook() {
  return call({ action: "ping" }, outlookResultSchemas.ping);
}

/** Outlook on this machine, through its own automation. */
export const outlookTransport: MailTransport = {
  ping: pingOutlook,
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
        listUnsubscribe: mail.listUnsubscribe,
      },
      outlookResultSchemas.send,
    ),
  find: async (account, key) =>
    (await call({ action: "find", account, idempotencyId: key }, outlookResultSchemas.find)).item,
  list: (account, folder, sinceUtc, limit) =>
    call({ action: "list", account, folder, sinceUtc, limit }, outlookResultSchemas.list),
};
