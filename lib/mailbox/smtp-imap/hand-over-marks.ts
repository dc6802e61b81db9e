import "server-only";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { env } from "@/lib/server/env";
import { logger } from "@/lib/server/logger";
import { MailboxError } from "../mailbox-error";

// SMTP itself remembers nothing: a process that ends between the server's "taken" and the copy in Sent would leave no
// trace of a mail that left. A mark on this machine's disk is that trace, from just before the mail until the copy is filed.
const markSchema = z.object({
  state: z.enum(["handing", "taken"]),
  at: z.string(),
  messageId: z.string(),
});
export type HandOverMark = z.infer<typeof markSchema>;

const folder = () => path.join(env().UPSTREAM_DATA_DIR, "handing-over");
const fileOf = (key: string) => path.join(folder(), `${key}.json`);

/**
 * Writes a key's mark and waits until it is on the disk.
 * @throws {MailboxError} certain, kind `busy`, when the disk takes nothing: without the mark nothing may be handed over.
 */
export async function writeMark(key: string, mark: HandOverMark): Promise<void> {
  const draft = `${fileOf(key)}.new`;
  try {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    const file = await open(draft, "w", 0o600);
    try {
      await file.writeFile(JSON.stringify(mark));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, fileOf(key));
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code;
    const said = why === "ENOSPC" ? "the disk is full" : String(why ?? cause);
    throw new MailboxError(
      `Nothing was handed over: ${said}. The relay keeps a note of each mail first.`,
      true,
      {
        cause,
        kind: "busy",
      },
    );
  }
}

/** A key's mark, or null. One that cannot be read counts as `handing`: in doubt a person decides. */
export async function readMark(key: string): Promise<HandOverMark | null> {
  try {
    return markSchema.parse(JSON.parse(await readFile(fileOf(key), "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    logger.warn({ err: error, key }, "a hand-over mark cannot be read");
    return { state: "handing", at: "", messageId: "" };
  }
}

/** Takes a key's mark away: the mail surely did not leave, or its copy is filed. */
export async function clearMark(key: string): Promise<void> {
  await rm(fileOf(key), { force: true }).catch((error: unknown) => {
    logger.warn({ err: error, key }, "a hand-over mark cannot be removed");
  });
}
