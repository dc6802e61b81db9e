"use client";

import { useEffect, useState } from "react";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import { isUntouched, readKeptDraft, writeKeptDraft } from "@/lib/criteria/kept-draft";

/**
 * A draft that outlives a reload: kept in this browser under `key` while it differs from `start`.
 * `restoredFrom` is when the draft that came back was kept (ISO).
 */
export function useKeptDraft(key: string, start: CriteriaDraft) {
  const [draft, setDraft] = useState(start);
  const [restoredFrom, setRestoredFrom] = useState<string | null>(null);
  // Before the first look nothing may be written: the empty form would wipe out what is kept.
  const [looked, setLooked] = useState(false);

  useEffect(() => {
    const kept = readKeptDraft(readStorage(key));
    if (kept) {
      setDraft(kept.draft);
      setRestoredFrom(kept.keptAt);
    }
    setLooked(true);
  }, [key]);

  useEffect(() => {
    if (looked) writeStorage(key, isUntouched(draft, start) ? null : writeKeptDraft(draft, new Date()));
  }, [key, draft, start, looked]);

  /** Begins anew; the draft that was there is answered, so that it can be brought back. */
  function discard(): CriteriaDraft {
    setDraft(start);
    setRestoredFrom(null);
    return draft;
  }

  /** Forgets what is kept, when it has become a search. */
  const forget = () => writeStorage(key, null);

  return { draft, setDraft, restoredFrom, isDirty: !isUntouched(draft, start), discard, forget };
}

function readStorage(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage is switched off in this browser: the form works, the draft just does not outlive it.
    return null;
  }
}

function writeStorage(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // As above, or full.
  }
}
