import "server-only";
import { z } from "zod";
import type { ListedItem } from "@/lib/mailbox/transport";
import type { Json } from "@/lib/server/database.types";
import { DatabaseError, unwrap } from "@/lib/server/database-error";
import { logger } from "@/lib/server/logger";
import { serviceDb } from "@/lib/server/service-client";
import { loadThread } from "./load-thread";
import { judgeItem, parseItem, toIngestRow, toMatch } from "./read-item";
import { storable } from "./storable";

const ingestedSchema = z.object({
  inserted: z.boolean(),
  id: z.string().optional(),
  putAway: z.boolean().optional(),
});

/** Errors of the data itself (SQLSTATE class 22 and 23, too large): the same mail fails again however often it is tried. */
const UNSTORABLE = /^(?:22|23|54)/;

/**
 * Stores one inbound mail and holds what its writer's contact had scheduled.
 * @returns the id of a mail that is new and has to be read; undefined when it was there, or nothing is to be done about it.
 */
export async function ingestItem(
  mailboxId: string,
  item: ListedItem,
  own: ReadonlySet<string>,
  inBurst: boolean,
): Promise<string | undefined> {
  const mail = await parseItem(item);
  const known = await loadThread(mailboxId, toMatch(item, mail));
  const read = judgeItem(item, mail, { ...known, ownAddresses: own });
  const row = {
    ...toIngestRow(read, new Date().toISOString()),
    inBurst,
    // A mail between the desk's own mailboxes, or one that pretends to be: kept and shown, and nobody's reply.
    ...(read.decision.kind === "own" ? { putAway: "it came from one of the desk's own addresses" } : {}),
  };
  try {
    return await ingest(mailboxId, row);
  } catch (error) {
    if (!(error instanceof DatabaseError) || !UNSTORABLE.test(error.code)) throw error;
    logger.warn(
      { err: error, entryId: item.entryId },
      "a mail could not be stored as it is; its bare facts are",
    );
    return ingest(mailboxId, bareRow(item, error.message));
  }
}

async function ingest(mailboxId: string, row: object): Promise<string | undefined> {
  const answer = ingestedSchema.parse(
    unwrap(await serviceDb().rpc("ingest_email", { p_mailbox_id: mailboxId, p_email: row as Json })),
  );
  return answer.inserted && !answer.putAway ? answer.id : undefined;
}

/** What is surely storable of a mail: enough for a person to find it in the mailbox. */
function bareRow(item: ListedItem, why: string) {
  const text = (value: string | null, length: number) =>
    value?.replace(/[^\x20-\x7e]/g, "?").slice(0, length);
  return storable({
    entryId: item.entryId,
    receivedAt: item.receivedUtc ?? new Date().toISOString(),
    fromEmail: text(item.from, 320) ?? null,
    subject: text(item.subject, 500) ?? "",
    bodyText: text(item.bodyText, 20_000) ?? "",
    parseProblem: `It could not be stored whole: ${why.slice(0, 200)}`,
    flags: ["parse_problem"],
  });
}
