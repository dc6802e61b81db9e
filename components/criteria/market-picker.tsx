"use client";

import { CheckIcon, ChevronsUpDownIcon } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useController } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import type { Lookup } from "@/lib/criteria/lookups";
import { PickedChip } from "./chip";
import { FieldGroup } from "./field-group";

/** Markets by name: type to narrow the list, Enter to add or take away. */
export function MarketPicker({ markets }: { markets: readonly Lookup[] }) {
  const { field, fieldState } = useController<CriteriaDraft, "markets">({ name: "markets" });
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const picked = field.value;
  const nameOf = (id: number) => markets.find((market) => market.id === id)?.name ?? `#${id}`;
  const toggle = (id: number) =>
    field.onChange(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id]);
  return (
    <FieldGroup
      legend="Markets"
      required
      error={fieldState.error?.message}
      hint={
        <>
          {markets.length} markets are known to this desk. Is one missing?{" "}
          <Link href="/settings/lookups" className="underline underline-offset-2">
            Import the full list in Settings
          </Link>
          .
        </>
      }
    >
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          {picked.map((id) => (
            <PickedChip key={id} label={nameOf(id)} onClick={() => toggle(id)} />
          ))}
          <Popover
            open={open}
            onOpenChange={(next) => {
              setOpen(next);
              setTyped("");
              if (!next) field.onBlur();
            }}
          >
            <PopoverTrigger asChild>
              <Button
                {...control}
                variant="outline"
                className="font-normal aria-invalid:border-danger"
                aria-haspopup="listbox"
              >
                {picked.length > 0 ? "Add or remove markets" : "Choose markets"} <ChevronsUpDownIcon />
              </Button>
            </PopoverTrigger>
            <PopoverContent align="start" className="p-0" aria-label="Markets">
              <Command>
                <CommandInput placeholder="Type a market …" value={typed} onValueChange={setTyped} />
                <CommandList>
                  <CommandEmpty>No market is called that.</CommandEmpty>
                  <CommandGroup>
                    {markets.map((market) => (
                      <CommandItem
                        key={market.id}
                        value={`${market.name} ${market.id}`}
                        onSelect={() => {
                          toggle(market.id);
                          setTyped("");
                        }}
                        aria-checked={picked.includes(market.id)}
                      >
                        <CheckIcon
                          aria-hidden="true"
                          className={cn(!picked.includes(market.id) && "invisible")}
                        />
                        {market.name}
                        {picked.includes(market.id) && <span className="sr-only">, chosen</span>}
                      </CommandItem>
                    ))}
                  </CommandGroup>
                </CommandList>
              </Command>
            </PopoverContent>
          </Popover>
        </div>
      )}
    </FieldGroup>
  );
}
