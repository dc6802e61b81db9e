"use client";

import { useEffect, useEffectEvent, useState } from "react";

/**
 * Text that outlives a reload: kept in this browser under `key` while there is any; null takes it away.
 * @param onFound is given what was kept before, once, after the first rendering.
 * @returns forgets what is kept.
 */
export function useKept(key: string, text: string | null, onFound: (kept: string) => void): () => void {
  // Before the first look nothing may be written: the empty form would wipe out what is kept.
  const [looked, setLooked] = useState<string | null>(null);
  const found = useEffectEvent(onFound);
  useEffect(() => {
    const kept = touchStorage((storage) => storage.getItem(key));
    if (kept) found(kept);
    setLooked(key);
  }, [key]);
  useEffect(() => {
    if (looked === key) keep(key, text);
  }, [key, text, looked]);
  return () => keep(key, null);
}

function keep(key: string, text: string | null): void {
  touchStorage((storage) => (text ? storage.setItem(key, text) : storage.removeItem(key)));
}

function touchStorage<Value>(touch: (storage: Storage) => Value): Value | null {
  try {
    return touch(localStorage);
  } catch {
    // Storage is switched off in this browser, or full: the page works, the text just does not outlive it.
    return null;
  }
}
