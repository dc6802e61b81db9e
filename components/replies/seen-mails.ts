/** Which mails were opened in this browser: what is not among them is bold with a dot in the list. */
const KEY = "upstream:seen-replies";
/** Older ones fall out; by then they are put away. */
const MOST = 2_000;
const CHANGED = "replies:seen";

export function readSeen(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    // Storage is off: everything counts as unread, which hides nothing.
    return "";
  }
}

/** The stored list with one more mail at its end, each mail once. */
export function addSeen(stored: string, id: string): string {
  const others = stored.split(" ").filter((one) => one && one !== id);
  return [...others, id].slice(-MOST).join(" ");
}

export function markSeen(id: string): void {
  try {
    localStorage.setItem(KEY, addSeen(readSeen(), id));
    window.dispatchEvent(new Event(CHANGED));
  } catch {
    // Storage is off or full; the mail stays marked as unread.
  }
}

export function onSeenChange(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}
