import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export interface AskedRange {
  lowUsd: number | null;
  highUsd: number | null;
}

type Answer = "certain" | "ask" | "no";

/** One line of the owners' mails; the fields are explained in that folder's README. An absent field is not scored. */
export interface ExpectedOwnerMail {
  file: string;
  about: string;
  sent: string[];
  mailedTo: string;
  ownAddresses: string[];
  receivedAt: string;
  kind?: "reply" | "auto_reply" | "bounce" | "receipt" | "own" | "other";
  optOut?: Answer | Answer[];
  goesToPerson?: boolean;
  reply?: string | null;
  signature?: string;
  asking?: AskedRange | null;
  askingVague?: boolean;
  askingAlso?: AskedRange[];
  capRateBps?: number | null;
  followUpOn?: string | null;
  followUpVague?: boolean;
  awayUntil?: string | null;
  awayUntilAlso?: string[];
  phone?: string | null;
  names?: string[];
}

export interface OwnerMail {
  expected: ExpectedOwnerMail;
  bytes: Buffer;
}

/** The mails of a folder in the owners' shape; null when it has another. A line whose file is absent is left out. */
export function readOwnerCorpus(folder: string): OwnerMail[] | null {
  const lines = readFileSync(path.join(folder, "expected.jsonl"), "utf8").split("\n").filter(Boolean);
  const mails: OwnerMail[] = [];
  for (const line of lines) {
    const expected = JSON.parse(line) as Partial<ExpectedOwnerMail>;
    if (!Array.isArray(expected.sent) || typeof expected.mailedTo !== "string") return null;
    const file = path.join(folder, expected.file ?? "");
    if (expected.file && existsSync(file))
      mails.push({ expected: expected as ExpectedOwnerMail, bytes: readFileSync(file) });
  }
  return mails;
}
