"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import { keyBelongsTo, MODAL_OPEN, nameKey, readKey } from "./read-key";
import { onSingleKeysChange, readSingleKeys, setSingleKeys } from "./shortcut-preference";
import {
  type ActiveShortcut,
  findShortcut,
  onShortcutsChange,
  readActiveShortcuts,
  readNoShortcuts,
} from "./shortcut-registry";
import { useOnMac } from "./use-on-mac";
import { useShortcuts } from "./use-shortcuts";

/** Another way to the list of shortcuts, for a visible control. */
export const SHOW_SHORTCUTS = "shell:show-shortcuts";

/** Runs what the pressed key stands for, and lists the keys under `?`. Once per page. */
export function ShortcutListener() {
  const [open, setOpen] = useState(false);
  useShortcuts({
    "?": { label: "List the shortcuts", group: "Anywhere", run: () => setOpen(true) },
    "/": { label: "Search", group: "Anywhere", run: focusSearch },
  });
  useEffect(() => {
    const show = () => setOpen(true);
    document.addEventListener("keydown", runShortcut);
    document.addEventListener(SHOW_SHORTCUTS, show);
    return () => {
      document.removeEventListener("keydown", runShortcut);
      document.removeEventListener(SHOW_SHORTCUTS, show);
    };
  }, []);
  return <ShortcutDialog open={open} onOpenChange={setOpen} />;
}

function runShortcut(event: KeyboardEvent) {
  const key = readKey(event);
  if (!key || document.querySelector(MODAL_OPEN)) return;
  if (!key.startsWith("mod+") && !readSingleKeys()) return;
  if (event.target instanceof Element && keyBelongsTo(event.target, key)) return;
  const shortcut = findShortcut(key);
  if (!shortcut) return;
  event.preventDefault();
  shortcut.run();
}

/** A page's own search box (`data-page-search`) comes before the command menu. */
function focusSearch() {
  const own = document.querySelector<HTMLElement>("[data-page-search]");
  if (own) own.focus();
  else findShortcut("mod+k")?.run();
}

function ShortcutDialog(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const active = useSyncExternalStore(onShortcutsChange, readActiveShortcuts, readNoShortcuts);
  const singleKeys = useSyncExternalStore(onSingleKeysChange, readSingleKeys, () => true);
  const groups = [...new Set(active.map(({ group }) => group))];
  return (
    <Dialog {...props}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogDescription>What each key does on this page. Every one has a button too.</DialogDescription>
        </DialogHeader>
        {groups.map((group) => (
          <section key={group} className="grid gap-1">
            <h3 className="text-xs text-muted-foreground">{group}</h3>
            <ShortcutList shortcuts={active.filter((shortcut) => shortcut.group === group)} />
          </section>
        ))}
        <div className="flex min-h-11 items-center justify-between gap-4 border-t pt-3">
          <Label htmlFor="single-keys">Single-key shortcuts</Label>
          <Switch id="single-keys" checked={singleKeys} onCheckedChange={setSingleKeys} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function ShortcutList({ shortcuts }: { shortcuts: ActiveShortcut[] }) {
  const onMac = useOnMac();
  return (
    <ul className="grid sm:grid-cols-2 sm:gap-x-6">
      {shortcuts.map(({ key, label }) => (
        <li key={key} className="flex min-h-8 items-center justify-between gap-4">
          {label}
          <Kbd className="touch:inline-flex">{nameKey(key, onMac)}</Kbd>
        </li>
      ))}
    </ul>
  );
}
