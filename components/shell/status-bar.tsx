"use client";

import { ChevronDownIcon } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { STATE_WORDS, type SystemPart, summarizeParts, worstState } from "./system-parts";

/** Each part of the system at the bottom edge: what it is and whether it is up; more on pressing it. */
export function StatusBar({ parts }: { parts: SystemPart[] }) {
  return (
    <section
      aria-label="System status"
      className="sticky bottom-0 z-30 hidden h-(--shell-bottom) items-center border-t bg-sidebar px-4 text-xs md:flex"
    >
      <ul className="flex min-w-0 items-center gap-1 overflow-x-auto">
        {parts.map((part) => (
          <li key={part.name} className="shrink-0">
            <PartButton part={part} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PartButton({ part }: { part: SystemPart }) {
  return (
    <Popover>
      <PopoverTrigger className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sidebar-foreground -outline-offset-2 hover:bg-accent">
        <PartIcon part={part} />
        <span className="font-semibold">{part.name}</span>
        <span className="hidden max-w-40 truncate text-muted-foreground xl:inline">{part.label}</span>
        <span className={STATE_WORDS[part.state].className}>{STATE_WORDS[part.state].text}</span>
      </PopoverTrigger>
      <PopoverContent side="top" align="start" aria-label={part.name}>
        <PartText part={part} />
      </PopoverContent>
    </Popover>
  );
}

/** The same on a phone: one line that opens. */
export function StatusSummary({ parts }: { parts: SystemPart[] }) {
  const worst = STATE_WORDS[worstState(parts)];
  return (
    // Whoever opens it before the page has woken finds it open: no difference to warn about.
    <details
      aria-label="System status"
      className="group border-b bg-sidebar text-xs md:hidden"
      suppressHydrationWarning
    >
      <summary className="flex min-h-11 list-none items-center gap-2 px-4 -outline-offset-2 [&::-webkit-details-marker]:hidden">
        <worst.icon aria-hidden="true" className={cn("size-4 shrink-0", worst.className)} />
        <span className="min-w-0 truncate">{summarizeParts(parts)}</span>
        <ChevronDownIcon
          aria-hidden="true"
          className="ml-auto size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-180"
        />
      </summary>
      <ul className="grid gap-3 px-4 pb-4">
        {parts.map((part) => (
          <li key={part.name} className="flex gap-2">
            <span className="pt-0.5">
              <PartIcon part={part} />
            </span>
            <PartText part={part} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function PartIcon({ part }: { part: SystemPart }) {
  const { icon: Icon, className } = STATE_WORDS[part.state];
  return <Icon aria-hidden="true" className={cn("size-3.5 shrink-0", className)} />;
}

function PartText({ part }: { part: SystemPart }) {
  return (
    <div className="grid min-w-0 gap-0.5">
      <p>
        <span className="font-semibold">{part.name}</span>: {part.label},{" "}
        <span className={cn("font-semibold", STATE_WORDS[part.state].className)}>
          {STATE_WORDS[part.state].text}
        </span>
      </p>
      {part.detail && <p className="text-muted-foreground">{part.detail}</p>}
    </div>
  );
}
