type Press = Pick<
  KeyboardEvent,
  "key" | "metaKey" | "ctrlKey" | "altKey" | "isComposing" | "defaultPrevented"
>;

/** The name a key press has in the shortcut registry, or null when it is none of ours. */
export function readKey(press: Press): string | null {
  if (press.defaultPrevented || press.isComposing || press.altKey) return null;
  const key = press.key.toLowerCase();
  return press.metaKey || press.ctrlKey ? `mod+${key}` : key;
}

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const NOT_TYPED_INTO = "input:is([type=checkbox], [type=radio], [type=button], [type=submit], [type=range])";
const OWN_KEYS =
  "[role=menu], [role=listbox], [role=tablist], [role=dialog], [role=alertdialog], [role=combobox]";
const PRESSABLE = "a[href], button, summary, [role=button], [role=checkbox], [role=switch]";

type Place = { matches: (selector: string) => boolean; closest: (selector: string) => unknown };

/**
 * Whether a key belongs to where the focus is rather than to the page: it is typed into a field, moves within a menu or
 * dialog, or presses the focused control. `mod+` keys are the page's everywhere but in a dialog.
 */
export function keyBelongsTo(place: Place, key: string): boolean {
  if (place.closest(OWN_KEYS)) return true;
  if (key.startsWith("mod+")) return false;
  if (place.matches(TYPING) && !place.matches(NOT_TYPED_INTO)) return true;
  return (key === "enter" || key === " ") && place.closest(PRESSABLE) !== null;
}

/** Whether something modal is open; the page below it then has no keys. */
export const MODAL_OPEN =
  "[role=dialog][data-state=open]:not([data-slot=popover-content]), [role=alertdialog][data-state=open], [role=menu][data-state=open]";

/** A key as people read it: `mod+k` is ⌘K on a Mac and Ctrl K elsewhere. */
export function nameKey(key: string, onMac: boolean): string {
  if (key.startsWith("mod+")) return `${onMac ? "⌘" : "Ctrl "}${key.slice(4).toUpperCase()}`;
  return key === "enter" ? "Enter" : key === "escape" ? "Esc" : key;
}
