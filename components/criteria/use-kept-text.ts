"use client";

import { useEffect, useState } from "react";

/** Text that outlives a reload: kept in this browser under `key` while there is any. The third value forgets what is kept. */
export function useKeptText(
  key: string,
): [text: string, setText: (text: string) => void, forget: () => void] {
  const [text, setText] = useState("");
  // Before the first look nothing may be written: the empty text would wipe out what is kept.
  const [looked, setLooked] = useState(false);
  useEffect(() => {
    const kept = readStorage(key);
    if (kept) setText(kept);
    setLooked(true);
  }, [key]);
  useEffect(() => {
    if (looked) writeStorage(key, text);
  }, [key, text, looked]);
  return [text, setText, () => writeStorage(key, "")];
}

function readStorage(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage is switched off in this browser: the page works, the text just does not outlive it.
    return null;
  }
}

function writeStorage(key: string, text: string): void {
  try {
    if (text === "") localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // As above, or full.
  }
}
