import { appendFile, readFile } from "node:fs/promises";
import path from "node:path";
import { hasCode } from "../outlook-host/store/write-durably";

/** One of our mails as the owners saw it. */
export interface SeenMail {
  account: string;
  entryId: string;
  messageId: string | null;
  /** Its place in a sequence; 0 when it is no part of one (we answered an owner). */
  step: number;
  /** When its answer goes out, epoch ms; null when nobody answers. */
  dueAtMs: number | null;
}

type Line = { seen: SeenMail } | { answered: string };

/**
 * What was seen and answered, a line each in `owners.jsonl`. Lost last lines do no harm: the same mail gets the same
 * plan again, and the inbox takes the same answer only once.
 */
export class Journal {
  readonly #seen = new Map<string, SeenMail>();
  readonly #answered = new Set<string>();
  readonly #stepByMessageId = new Map<string, number>();

  private constructor(private readonly file: string) {}

  static async open(storeDir: string): Promise<Journal> {
    const journal = new Journal(path.join(storeDir, "owners.jsonl"));
    for (const text of (await journal.#read()).split("\n")) {
      const line = parseLine(text);
      if (line) journal.#take(line);
    }
    return journal;
  }

  hasSeen(entryId: string): boolean {
    return this.#seen.has(entryId);
  }

  /** The step of a mail of ours, or undefined when that Message-ID is not ours. */
  stepOf(messageId: string): number | undefined {
    return this.#stepByMessageId.get(messageId);
  }

  /** Mails whose answer is due and has not gone out, the longest due first. */
  due(nowMs: number): SeenMail[] {
    const waiting = [...this.#seen.values()].filter((mail) => !this.#answered.has(mail.entryId));
    return waiting
      .filter((mail) => mail.dueAtMs !== null && mail.dueAtMs <= nowMs)
      .sort((one, other) => (one.dueAtMs ?? 0) - (other.dueAtMs ?? 0));
  }

  async add(line: Line): Promise<void> {
    this.#take(line);
    await appendFile(this.file, `${JSON.stringify(line)}\n`);
  }

  #take(line: Line): void {
    if ("answered" in line) {
      this.#answered.add(line.answered);
      return;
    }
    this.#seen.set(line.seen.entryId, line.seen);
    if (line.seen.messageId) this.#stepByMessageId.set(line.seen.messageId, line.seen.step);
  }

  async #read(): Promise<string> {
    try {
      return await readFile(this.file, "utf8");
    } catch (error) {
      if (hasCode(error, "ENOENT")) return "";
      throw error;
    }
  }
}

function parseLine(text: string): Line | null {
  try {
    return JSON.parse(text) as Line;
  } catch {
    // A line cut off by a crash, or the end of the file: see the class comment.
    return null;
  }
}
