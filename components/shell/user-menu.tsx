"use client";

import { CircleUserRoundIcon, KeyboardIcon, LogOutIcon } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { SubmitButton } from "@/components/ui/submit-button";
import { SHOW_SHORTCUTS } from "./shortcuts";
import { ThemeChoice } from "./theme-toggle";

export type Operator = { name: string; email?: string };

type UserMenuProps = {
  operator: Operator;
  /** A form action (a server action) that ends the session and leads to the sign-in page. */
  signOut: () => Promise<void>;
};

export function UserMenu({ operator, signOut }: UserMenuProps) {
  const [open, setOpen] = useState(false);
  function showShortcuts() {
    setOpen(false);
    document.dispatchEvent(new Event(SHOW_SHORTCUTS));
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="icon">
          <CircleUserRoundIcon className="size-5" />
          <span className="sr-only">{operator.name}: account</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="grid w-64 gap-1 p-1" aria-label="Account">
        <div className="px-2 py-1.5">
          <p className="truncate font-semibold">{operator.name}</p>
          {operator.email && <p className="truncate text-xs text-muted-foreground">{operator.email}</p>}
        </div>
        <div className="px-2 pb-1 md:hidden">
          <ThemeChoice />
        </div>
        <Button variant="ghost" className="justify-start font-normal" onClick={showShortcuts}>
          <KeyboardIcon /> Keyboard shortcuts
        </Button>
        <form action={signOut}>
          <SubmitButton variant="ghost" className="w-full justify-start font-normal">
            <LogOutIcon /> Sign out
          </SubmitButton>
        </form>
      </PopoverContent>
    </Popover>
  );
}
