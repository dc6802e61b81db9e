import type { Tools } from "./tools";

/** `note` is worth knowing; `mend` has to be put right before the first mail. */
type Status = "fine" | "note" | "mend" | "skipped";

/** What a check found, in plain sentences: what is so, and what to do about it. */
export interface Finding {
  readonly status: Status;
  readonly says: string;
  readonly cure?: string;
}

type Group = "This computer" | "The desk" | "Outlook" | "Mail";

/** One thing that can be wrong, looked at by itself: it relies on no other check and changes nothing. */
export interface Check {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  /** Longest it may take, in ms; 15 s when not said */
  readonly limitMs?: number;
  /** Why it does not apply here; undefined when it does */
  readonly skip?: (tools: Tools) => string | undefined;
  readonly look: (tools: Tools) => Promise<Finding>;
}

export function fine(says: string): Finding {
  return { status: "fine", says };
}

export function note(says: string, cure?: string): Finding {
  return { status: "note", says, ...(cure ? { cure } : {}) };
}

export function mend(says: string, cure: string): Finding {
  return { status: "mend", says, cure };
}

export function skipped(says: string): Finding {
  return { status: "skipped", says };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
