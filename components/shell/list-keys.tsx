"use client";

import { useShortcuts } from "@/components/shell/use-shortcuts";

/** `j` and `k` walk the rows marked `data-list-row`; Enter opens the focused one, as it does any link. */
export function ListKeys() {
  useShortcuts({
    j: { label: "Next row", run: () => step(1) },
    k: { label: "Previous row", run: () => step(-1) },
  });
  return null;
}

function step(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-list-row]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by;
  rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus();
}
