import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Database } from "@/stack/postgres/database";
import { startEngineThread } from "@/stack/postgres/engine-thread";
import type { Replacement } from "@/stack/postgres/keep-engine";
import { openPglite } from "@/stack/postgres/open-pglite";

/** Changes the messages of one answer; an answer is cut into whole messages of the wire protocol. */
export type Spoil = (messages: readonly Buffer[]) => readonly Buffer[];

export interface SpoiledEngine {
  readonly db: Database;
  /** Engines that were replaced. */
  readonly replaced: Replacement[];
  /** Answers since the last `spoilNext`, as their message types: `1 2 T D C Z`. */
  readonly heard: string[];
  /** Spoils the answer that comes after `skip` others; undefined spoils nothing. */
  spoilNext(spoil: Spoil | undefined, skip?: number): void;
  close(): Promise<void>;
}

/** An embedded Postgres whose answers can be broken on their way. */
export async function openSpoiledEngine(limitMs?: number): Promise<SpoiledEngine> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-spoiled-"));
  const dataDir = path.join(folder, "data");
  const replaced: Replacement[] = [];
  const heard: string[] = [];
  let next: { readonly spoil: Spoil; skip: number } | undefined;
  const db = await openPglite(dataDir, {
    onReplaced: (replacement) => replaced.push(replacement),
    ...(limitMs !== undefined && { limitMs }),
    start: async () => {
      const thread = await startEngineThread(dataDir);
      return {
        ...thread,
        exchange: async (message, limit) => {
          const answer = await thread.exchange(message, limit);
          const messages = cut(answer);
          heard.push(messages.map((one) => String.fromCharCode(one[0] ?? 0)).join(" "));
          if (!next || next.skip-- > 0) return answer;
          const { spoil } = next;
          next = undefined;
          return Buffer.concat(spoil(messages));
        },
      };
    },
  });
  return {
    db,
    replaced,
    heard,
    spoilNext: (spoil, skip = 0) => {
      heard.length = 0;
      next = spoil && { spoil, skip };
    },
    close: async () => {
      await db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Cuts an answer into its messages: one byte of type, four of length. */
export function cut(answer: Uint8Array): Buffer[] {
  const bytes = Buffer.from(answer);
  const messages: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + bytes.readUInt32BE(at + 1);
    messages.push(bytes.subarray(at, end));
    at = end;
  }
  return messages;
}

/** An error as Postgres sends it. */
export function writeError(severity: string, code: string, message: string): Buffer {
  const fields = Buffer.from(`S${severity}\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
