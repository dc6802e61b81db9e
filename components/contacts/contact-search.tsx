"use client";

import { SearchIcon, XIcon } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { useDebouncedCallback } from "use-debounce";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";

const QUIET_MS = 250;
const AT_LATEST_MS = 1_000;

/** Narrows the list while one types; the words stand in the address. `/` leads here. */
export function ContactSearch({ words }: { words: string }) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const id = useId();
  const [typed, setTyped] = useState(words);
  const [pending, start] = useTransition();
  const ask = useDebouncedCallback(
    (next: string) => {
      const query = new URLSearchParams(params);
      for (const key of ["q", "after", "before"]) query.delete(key);
      if (next.trim()) query.set("q", next.trim());
      start(() => router.replace(`${pathname}${query.size > 0 ? `?${query}` : ""}`, { scroll: false }));
    },
    QUIET_MS,
    { maxWait: AT_LATEST_MS },
  );

  function type(next: string) {
    setTyped(next);
    ask(next);
  }

  return (
    <search className="mb-4 block max-w-xl" aria-busy={pending}>
      <label htmlFor={id} className="sr-only">
        Search by name, e-mail or company
      </label>
      <span className="relative block">
        <SearchIcon
          aria-hidden="true"
          className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          id={id}
          data-page-search
          value={typed}
          maxLength={100}
          autoComplete="off"
          placeholder="Name, e-mail or company …"
          className="px-9"
          onChange={(event) => type(event.target.value)}
        />
        {typed ? (
          <Button
            variant="ghost"
            size="icon-sm"
            className="absolute top-1/2 right-0.5 -translate-y-1/2"
            onClick={() => type("")}
          >
            <XIcon />
            <span className="sr-only">Clear the search</span>
          </Button>
        ) : (
          <Kbd aria-hidden="true" className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2">
            /
          </Kbd>
        )}
      </span>
    </search>
  );
}
