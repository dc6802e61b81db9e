"use client";

import { useEffect, useRef, useState } from "react";
import { useDebouncedCallback } from "use-debounce";
import type { Action } from "@/components/shell/use-act";

export type KeepDraft = Action<{ emailId: string; subject: string; body: string }>;
export type Kept = "untouched" | "typing" | "kept" | "not_kept";

const QUIET_MS = 1_200;
const AT_LATEST_MS = 6_000;

/** Keeps what is being written on the server, a second after the last key, so that another device goes on with it. */
export function useKeptDraft(emailId: string, onKeep: KeepDraft) {
  const [kept, setKept] = useState<Kept>("untouched");
  const latest = useRef({ subject: "", body: "" });
  const unsaved = useRef(false);
  const keep = useDebouncedCallback(
    () => {
      const sent = latest.current;
      unsaved.current = false;
      onKeep({ emailId, ...sent }).then(
        (answer) => latest.current === sent && setKept(answer.ok ? "kept" : "not_kept"),
        // The connection is away; the words are still on the page and the next key tries again.
        () => setKept("not_kept"),
      );
    },
    QUIET_MS,
    { maxWait: AT_LATEST_MS },
  );
  useEffect(
    () => () => {
      keep.cancel();
      // Left in the middle of a word: nobody is there to be told, and the next visit shows what was kept.
      if (unsaved.current) onKeep({ emailId, ...latest.current }).catch(() => undefined);
    },
    [keep, onKeep, emailId],
  );
  function note(subject: string, body: string) {
    latest.current = { subject, body };
    unsaved.current = true;
    setKept("typing");
    keep();
  }
  function forget() {
    keep.cancel();
    unsaved.current = false;
    setKept("untouched");
  }
  return { kept, note, forget };
}
