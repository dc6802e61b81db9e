"use client";

import { CornerDownLeftIcon, SearchIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
  CommandShortcut,
} from "@/components/ui/command";
import { Kbd } from "@/components/ui/kbd";
import { NAV_ITEMS } from "./nav-items";
import { nameKey } from "./read-key";
import { useOnMac } from "./use-on-mac";
import { useShortcuts } from "./use-shortcuts";

export type CommandMenuItem = {
  label: string;
  href: string;
  /** Heading it stands under: "Start", "Recent searches" … */
  group: string;
  /** Said at its right edge. */
  hint?: string;
  /** Found by these words too. */
  keywords?: string[];
};

export type CommandMenuSearch = {
  /** "contacts": offered as "Search contacts for …". */
  label: string;
  /** Where it leads, the typed words encoded behind it: `/contacts?q=`. */
  hrefPrefix: string;
};

type CommandMenuProps = { items?: CommandMenuItem[]; searches?: CommandMenuSearch[] };

/** The ⌘K menu with the button that opens it: every page, what the page passes in, and searches for what was typed. */
export function CommandMenu({ items = [], searches = [] }: CommandMenuProps) {
  const router = useRouter();
  const onMac = useOnMac();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  useShortcuts({ "mod+k": { label: "Search and commands", group: "Anywhere", run: () => setOpen(true) } });
  const words = typed.trim();
  function go(href: string) {
    setOpen(false);
    setTyped("");
    router.push(href);
  }
  return (
    <>
      <Button
        variant="outline"
        onClick={() => setOpen(true)}
        className="font-normal text-muted-foreground max-md:w-11 max-md:border-transparent max-md:bg-transparent max-md:px-0 md:w-56 md:justify-start lg:w-72"
      >
        <SearchIcon />
        <span className="max-md:sr-only">Search or go to …</span>
        <Kbd aria-hidden="true" className="ml-auto">
          {nameKey("mod+k", onMac)}
        </Kbd>
      </Button>
      <CommandDialog
        open={open}
        onOpenChange={setOpen}
        title="Search and commands"
        description="Type to find a page or a command, then press Enter."
      >
        <CommandInput placeholder="Search or go to …" value={typed} onValueChange={setTyped} />
        <CommandList>
          {searches.length === 0 && <CommandEmpty>Nothing is called that.</CommandEmpty>}
          <PageItems onSelect={go} />
          {groupItems(items).map(([group, members]) => (
            <CommandGroup key={group} heading={group}>
              {members.map((item) => (
                <CommandItem
                  key={item.href}
                  value={`${item.label} ${item.href}`}
                  keywords={item.keywords}
                  onSelect={() => go(item.href)}
                >
                  {item.label}
                  {item.hint && <CommandShortcut>{item.hint}</CommandShortcut>}
                </CommandItem>
              ))}
            </CommandGroup>
          ))}
          {words && searches.length > 0 && (
            <CommandGroup heading="Search" forceMount>
              {searches.map(({ label, hrefPrefix }) => (
                <CommandItem
                  key={hrefPrefix}
                  forceMount
                  value={`search ${label} ${words}`}
                  onSelect={() => go(hrefPrefix + encodeURIComponent(words))}
                >
                  <SearchIcon /> Search {label} for “{words}”
                  <CommandShortcut>
                    <CornerDownLeftIcon aria-hidden="true" />
                  </CommandShortcut>
                </CommandItem>
              ))}
            </CommandGroup>
          )}
        </CommandList>
      </CommandDialog>
    </>
  );
}

function PageItems({ onSelect }: { onSelect: (href: string) => void }) {
  return (
    <CommandGroup heading="Go to">
      {NAV_ITEMS.map(({ key, label, href, icon: Icon, shortcut }) => (
        <CommandItem key={key} value={label} onSelect={() => onSelect(href)}>
          <Icon aria-hidden="true" />
          {label}
          <CommandShortcut>
            <Kbd>{shortcut}</Kbd>
          </CommandShortcut>
        </CommandItem>
      ))}
    </CommandGroup>
  );
}

function groupItems(items: CommandMenuItem[]): [string, CommandMenuItem[]][] {
  const groups = new Map<string, CommandMenuItem[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups];
}
