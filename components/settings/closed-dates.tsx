"use client";

import { PlusIcon, XIcon } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { sayDay } from "./say-day";

/** Days of the desk's own on which nothing leaves. */
export function ClosedDates({ dates, error }: { dates: readonly string[]; error: string | undefined }) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [days, setDays] = useState([...dates].sort());
  function add() {
    const day = box.current?.value;
    if (day) setDays([...new Set([...days, day])].sort());
    if (box.current) box.current.value = "";
    box.current?.focus();
  }
  return (
    <div className="grid gap-1.5 sm:col-span-2">
      <Label htmlFor={id}>Closed on</Label>
      <ul className="flex flex-wrap gap-2 empty:hidden">
        {days.map((day) => (
          <li key={day} className="flex items-center gap-1 rounded-md border bg-muted pl-2.5 tabular-nums">
            <input type="hidden" name="closed_dates" value={day} />
            {sayDay(day)}
            <Button
              variant="ghost"
              size="icon-sm"
              onClick={() => setDays(days.filter((other) => other !== day))}
              aria-label={`Open again on ${sayDay(day)}`}
            >
              <XIcon />
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Input
          ref={box}
          id={id}
          type="date"
          className="w-44"
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="outline" onClick={add}>
          <PlusIcon /> Add the day
        </Button>
      </div>
      {error && (
        <p role="alert" className="text-xs font-semibold text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
