/** Single keys can be switched off (WCAG 2.2, 2.1.4), for those whose speech input or tremor would press them. */
const STORAGE_KEY = "single-key-shortcuts";
const listeners = new Set<() => void>();

export function readSingleKeys(): boolean {
  return localStorage.getItem(STORAGE_KEY) !== "off";
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(STORAGE_KEY, on ? "on" : "off");
  for (const listener of listeners) listener();
}

export function onSingleKeysChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
