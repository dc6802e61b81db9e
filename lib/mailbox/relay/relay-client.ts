import "server-only";
import type { z } from "zod";
import type { MailTransport } from "@/lib/mailbox/transport";
import { env } from "@/lib/server/env";
import { askRelay } from "./ask-relay";
import { relayAnswers } from "./protocol";

/** The relay at an address, as a transport: what runs beside Outlook may be this machine or another. */
export function relayAt(
  url: string | null,
): MailTransport & { health(): Promise<z.output<typeof relayAnswers.health>> } {
  const base = url ?? env().RELAY_URL ?? env().CONSOLE_URL;
  const post = <Answer extends z.ZodType>(path: string, body: object, answer: Answer) =>
    askRelay(base, "POST", `/api/relay/${path}`, JSON.stringify(body), answer);
  const health = () => askRelay(base, "GET", "/api/relay/health", "", relayAnswers.health);
  return {
    health,
    ping: health,
    send: (mail) => post("send", mail, relayAnswers.send),
    find: async (account, key) => (await post("find", { account, key }, relayAnswers.find)).item,
    list: (account, folder, sinceUtc, limit) =>
      post("list", { account, folder, sinceUtc, limit }, relayAnswers.list),
  };
}
