import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** One line of a corpus' expected.jsonl; the fields are explained in the corpora's README. */
export interface ExpectedMail {
  file: string;
  kind: "bounce" | "autoreply" | "reply" | "feedback_loop" | "other";
  recipients?: string[];
  alias?: string[];
  hard?: boolean | null;
  hard_strict?: boolean | null;
  body_only?: boolean;
  format?: string;
  visible_text?: string;
  compare?: string;
  signature_policy?: string;
  must_contain?: string[];
  must_not_contain?: string[];
  unsubscribe?: boolean;
  ooo?: boolean;
  /** Some suites put the body here rather than in a file. */
  text?: string;
}

export interface CorpusMail {
  expected: ExpectedMail;
  bytes: Buffer;
  /** One third by hash of the file name, kept apart while rules are written so that its figures stay honest. */
  heldOut: boolean;
}

/** Folders under `root` (or `root` itself) that hold an expected.jsonl. */
export function findCorpora(root: string): string[] {
  if (existsSync(path.join(root, "expected.jsonl"))) return [root];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, entry.name, "expected.jsonl")))
    .map((entry) => path.join(root, entry.name))
    .sort();
}

/** Reads a corpus; a line whose file is absent is left out. */
export function readCorpus(folder: string): CorpusMail[] {
  const lines = readFileSync(path.join(folder, "expected.jsonl"), "utf8").split("\n");
  const mails: CorpusMail[] = [];
  for (const line of lines) {
    if (line.trim() === "") continue;
    const expected = JSON.parse(line) as ExpectedMail;
    const file = path.join(folder, expected.file ?? "");
    if (!expected.file || !existsSync(file)) continue;
    mails.push({ expected, bytes: readFileSync(file), heldOut: isHeldOut(expected.file) });
  }
  return mails;
}

/** Deterministic third: SHA-1 of the bare file name, modulo three. */
export function isHeldOut(file: string): boolean {
  const digest = createHash("sha1").update(path.basename(file)).digest();
  return digest.readUInt32BE(0) % 3 === 0;
}
