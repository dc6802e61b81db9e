"use client";

import { useEffect, useRef } from "react";
import { addShortcuts, type Shortcuts, shortcutsChanged } from "./shortcut-registry";

/**
 * Offers keys for as long as the component is on the page:
 * `useShortcuts({ a: { label: "Approve", run: approve } })`. A component mounted later wins a key.
 * Needs `<ShortcutListener />` once on the page (the app shell has it).
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => addShortcuts(() => latest.current), []);
  useEffect(() => {
    latest.current = shortcuts;
    shortcutsChanged();
  });
}
