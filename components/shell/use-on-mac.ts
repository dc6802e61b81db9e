"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Whether ⌘ is the key to name. The server cannot know and says no. */
export function useOnMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
}
