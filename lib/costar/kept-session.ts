import "server-only";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { env } from "@/lib/server/env";
import { logger } from "@/lib/server/logger";

const storageSchema = z.object({
  cookies: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      domain: z.string(),
      path: z.string(),
      expires: z.number(),
      httpOnly: z.boolean(),
      secure: z.boolean(),
      sameSite: z.enum(["Strict", "Lax", "None"]),
    }),
  ),
  origins: z.array(
    z.object({
      origin: z.string(),
      localStorage: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
});

/** Cookies and local storage of a signed-in browser, as Playwright hands them over. */
export type BrowserStorage = z.infer<typeof storageSchema>;

const keptSchema = z.object({
  storage: storageSchema,
  /** Epoch milliseconds at which the phone was tapped */
  signedInAt: z.number(),
});
export type KeptSession = z.infer<typeof keptSchema>;

// CoStar takes its cookies again for up to seven days.
const ACCEPTED_MS = 7 * 86_400_000;
const MAGIC = Buffer.from("UPCS1");

const folder = () => path.resolve(env().UPSTREAM_DATA_DIR);
const stateFile = () => path.join(folder(), "costar-session.enc");
const keyFile = () => path.join(folder(), "costar-session.key");

/**
 * Keeps a signed-in session for the next start, encrypted with AES-256-GCM and bound to the account and site it belongs to. Not
 * being able to keep it costs a tap on the phone later, so it is said in the log and never thrown.
 */
export async function keepSession(session: KeptSession): Promise<void> {
  try {
    await mkdir(folder(), { recursive: true });
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", await readKey(), iv).setAAD(owner());
    const sealed = Buffer.concat([cipher.update(JSON.stringify(session), "utf8"), cipher.final()]);
    const next = `${stateFile()}.${process.pid}`;
    await writeFile(next, Buffer.concat([MAGIC, iv, cipher.getAuthTag(), sealed]), { mode: 0o600 });
    await rename(next, stateFile());
  } catch (error) {
    logger.warn({ err: error }, "the CoStar session could not be kept; the phone is asked after a restart");
  }
}

/** The kept session, or null when there is none, it is too old, or the file is damaged or of another account, site or key. */
export async function readKeptSession(now = Date.now()): Promise<KeptSession | null> {
  const bytes = await readFile(stateFile()).catch(() => null);
  if (!bytes) return null;
  try {
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error("not a session file");
    const [iv, tag, sealed] = [bytes.subarray(5, 17), bytes.subarray(17, 33), bytes.subarray(33)];
    const decipher = createDecipheriv("aes-256-gcm", await readKey(), iv, { authTagLength: 16 })
      .setAAD(owner())
      .setAuthTag(tag);
    const text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString("utf8");
    const kept = keptSchema.parse(JSON.parse(text));
    return now - kept.signedInAt < ACCEPTED_MS ? kept : null;
  } catch {
    // What is wrong with it may quote it; that it is unusable is all a log may say.
    logger.info("the kept CoStar session cannot be used; signing in anew");
    return null;
  }
}

/** Forgets the kept session: CoStar does not take it any more, or somebody signed out. */
export async function forgetKeptSession(): Promise<void> {
  await rm(stateFile(), { force: true });
}

/** The key from COSTAR_STATE_KEY (any long text), else one that was made once and is readable by this user only. */
async function readKey(): Promise<Buffer> {
  const given = env().COSTAR_STATE_KEY;
  if (given) return createHash("sha256").update(given).digest();
  const made = await readFile(keyFile()).catch(() => null);
  if (made?.length === 32) return made;
  const key = randomBytes(32);
  await mkdir(folder(), { recursive: true });
  // Never over a key another process made meanwhile.
  const written = await writeFile(keyFile(), key, { mode: 0o600, flag: made ? "w" : "wx" }).then(
    () => true,
    () => false,
  );
  return written ? key : await readFile(keyFile());
}

function owner(): Buffer {
  const { COSTAR_URL, COSTAR_USERNAME = "" } = env();
  return Buffer.from(JSON.stringify([new URL(COSTAR_URL).origin, COSTAR_USERNAME]));
}
