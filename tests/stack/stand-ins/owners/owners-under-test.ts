import { parseMail } from "@/lib/mail-rules/parse-mail";
import { listMails, type MailStore, sendMail } from "@/stack/outlook-host/mail-store";
import { OwnersDesk } from "@/stack/owners/owners-desk";
import { type Persona, type PersonaKind, personaOfKind } from "@/stack/owners/persona";
import { DESK, sendRequest } from "../outlook-host/host-under-test";

export const SENT_AT_MS = Date.UTC(2026, 5, 1, 16);
export const MIN_DELAY_MS = 1_000;
export const MAX_DELAY_MS = 60_000;

/** Owners whose address says what they are: pricing_given.3@owner.example. */
export function personaByName(address: string): Persona {
  const [kind = "silent", seed = ""] = address.split("@")[0]?.split(".") ?? [];
  return { ...personaOfKind(kind as PersonaKind, seed), answersStep: kind.includes("bounce") ? "every" : 1 };
}

export async function openDesk(store: MailStore, personaFor = personaByName): Promise<OwnersDesk> {
  return await OwnersDesk.open({
    storeDir: store.dir,
    minDelayMs: MIN_DELAY_MS,
    maxDelayMs: MAX_DELAY_MS,
    seed: "test",
    personaFor,
  });
}

let count = 0;
export async function mailTo(store: MailStore, address: string, replyToEntryId?: string) {
  count += 1;
  const request = sendRequest({
    idempotencyId: `owners-test-${count}`,
    to: [address],
    ...(replyToEntryId ? { replyToEntryId } : {}),
  });
  return (await sendMail(store, DESK, request, { nowMs: SENT_AT_MS + count })).item;
}

export async function inbox(store: MailStore) {
  const { mails } = await listMails(store, DESK, "inbox", { sinceMs: 0, limit: 500 });
  return await Promise.all(
    mails.map(async (stored) => ({ stored, parsed: await parseMail(stored.rawSource) })),
  );
}

export async function onlyAnswer(store: MailStore) {
  const [answer, ...more] = await inbox(store);
  if (!answer || more.length > 0)
    throw new Error(`expected one answer, found ${more.length + (answer ? 1 : 0)}`);
  return answer;
}
