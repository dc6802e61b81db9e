import { afterEach, describe, expect, test, vi } from "vitest";
import { keyBelongsTo, nameKey, readKey } from "@/components/shell/read-key";
import {
  addShortcuts,
  findShortcut,
  onShortcutsChange,
  readActiveShortcuts,
  type Shortcuts,
} from "@/components/shell/shortcut-registry";

const taken: (() => void)[] = [];
const offer = (shortcuts: Shortcuts) => taken.push(addShortcuts(() => shortcuts));
afterEach(() => {
  for (const takeBack of taken.splice(0)) takeBack();
});

describe("keys", () => {
  test("what opened last has the key, and gives it back when it closes", () => {
    const page = vi.fn();
    const panel = vi.fn();
    offer({ a: { label: "Approve", run: page } });
    offer({ a: { label: "Archive", run: panel } });
    findShortcut("a")?.run();
    expect(panel).toHaveBeenCalledOnce();
    taken.pop()?.();
    findShortcut("a")?.run();
    expect(page).toHaveBeenCalledOnce();
  });

  test("a key that is not offered now is neither listed nor run", () => {
    offer({ u: { label: "Undo", run: vi.fn(), disabled: true } });
    expect(findShortcut("u")).toBeUndefined();
    expect(readActiveShortcuts()).toEqual([]);
  });

  test("the list says what each key does, and tells when that changes", () => {
    const changed = vi.fn();
    taken.push(onShortcutsChange(changed));
    offer({ x: { label: "Reject", run: vi.fn() } });
    expect(readActiveShortcuts()).toEqual([{ key: "x", label: "Reject", group: "On this page" }]);
    expect(changed).toHaveBeenCalledOnce();
  });
});

const press = {
  key: "a",
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  isComposing: false,
  defaultPrevented: false,
};

/** An element that is `tag` and lies within what `inside` selects. */
const place = (tag: string, inside = "") => ({
  matches: (selector: string) => selector.split(", ").some((one) => one === tag),
  closest: (selector: string) => (inside !== "" && selector.includes(inside) ? {} : null),
});

describe("a key is left to whoever has the focus", () => {
  test("while typing", () => {
    expect(keyBelongsTo(place("textarea"), "a")).toBe(true);
    expect(keyBelongsTo(place("textarea"), "mod+k")).toBe(false);
    expect(keyBelongsTo(place("div"), "a")).toBe(false);
  });

  test("within a menu or dialog", () => expect(keyBelongsTo(place("div", "[role=menu]"), "j")).toBe(true));

  test("when Enter presses the focused button", () => {
    expect(keyBelongsTo(place("button", "button"), "enter")).toBe(true);
    expect(keyBelongsTo(place("button", "button"), "a")).toBe(false);
  });

  test("when another handler took it, or a word is being composed", () => {
    expect(readKey({ ...press, defaultPrevented: true })).toBeNull();
    expect(readKey({ ...press, isComposing: true })).toBeNull();
  });
});

test("a key has the name that is printed on it", () => {
  expect(readKey({ ...press, key: "K", metaKey: true })).toBe("mod+k");
  expect(readKey({ ...press, key: "?" })).toBe("?");
  expect(nameKey("mod+k", true)).toBe("⌘K");
  expect(nameKey("mod+k", false)).toBe("Ctrl K");
  expect(nameKey("enter", false)).toBe("Enter");
});
