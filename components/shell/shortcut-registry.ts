export type Shortcut = {
  /** What it does, as the `?` dialog lists it. */
  label: string;
  run: () => void;
  /** Heading in the `?` dialog; "On this page" unless given. */
  group?: string;
  /** Not offered now: neither listed nor run. */
  disabled?: boolean;
};

/** Keys as `KeyboardEvent.key` spells them in lower case (`j`, `enter`, `?`), or `mod+k` for ⌘K and Ctrl+K. */
export type Shortcuts = Record<string, Shortcut>;

type Layer = { read: () => Shortcuts };
export type ActiveShortcut = { key: string; label: string; group: string };

const NOTHING: ActiveShortcut[] = [];
const layers: Layer[] = [];
const listeners = new Set<() => void>();
let listed: ActiveShortcut[] = NOTHING;

/** Adds keys; the layer added last wins a key. Returns the way to take them back. */
export function addShortcuts(read: () => Shortcuts): () => void {
  const layer = { read };
  layers.push(layer);
  shortcutsChanged();
  return () => {
    layers.splice(layers.indexOf(layer), 1);
    shortcutsChanged();
  };
}

/** Called when labels or availability may have changed, so that the list is read anew. */
export function shortcutsChanged(): void {
  const next = listShortcuts();
  if (JSON.stringify(next) === JSON.stringify(listed)) return;
  listed = next;
  for (const listener of listeners) listener();
}

export function onShortcutsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What can be pressed now, in the order it was added. The same array until something changes. */
export const readActiveShortcuts = () => listed;
export const readNoShortcuts = () => NOTHING;

/** The shortcut a key runs now, if any. */
export function findShortcut(key: string): Shortcut | undefined {
  for (const layer of layers.toReversed()) {
    const shortcut = layer.read()[key];
    if (shortcut && !shortcut.disabled) return shortcut;
  }
  return undefined;
}

function listShortcuts(): ActiveShortcut[] {
  const keys = new Set(layers.flatMap((layer) => Object.keys(layer.read())));
  return [...keys].flatMap((key) => {
    const shortcut = findShortcut(key);
    return shortcut ? [{ key, label: shortcut.label, group: shortcut.group ?? "On this page" }] : [];
  });
}
