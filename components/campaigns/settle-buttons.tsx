"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/sonner";
import { readProblem } from "@/lib/ui/read-problem";

interface SettleButtonsProps {
  readonly id: string;
  readonly onSettle: (input: { id: string; answer: "found" | "again" | "drop" }) => Promise<unknown>;
}

/** What a person knows about a mail nobody could find. */
export function SettleButtons({ id, onSettle }: SettleButtonsProps) {
  const [pending, start] = useTransition();
  const settle = (answer: "found" | "again" | "drop") =>
    start(async () => {
      const problem = readProblem(await onSettle({ id, answer }));
      if (problem) toast.error(problem);
    });
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <Button variant="outline" size="sm" disabled={pending} onClick={() => settle("found")}>
        I found it
      </Button>
      <Button variant="outline" size="sm" disabled={pending} onClick={() => settle("again")}>
        Send it again
      </Button>
      <Button variant="ghost" size="sm" disabled={pending} onClick={() => settle("drop")}>
        Drop it
      </Button>
    </div>
  );
}
