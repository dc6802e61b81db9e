"use client";

import { useState } from "react";
import { type Answer, useAct } from "@/components/shell/use-act";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/sonner";

interface ScheduleChanges {
  readonly startAt?: string;
  readonly windowStart?: string;
  readonly windowEnd?: string;
  readonly dailyLimit?: number;
  readonly gaps?: number[];
}

interface ScheduleFormProps {
  readonly campaignId: string;
  readonly timeZone: string;
  readonly startAt: string;
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly dailyLimit: number;
  readonly gaps: readonly number[];
  /** Said on the button, and once it worked */
  readonly saveLabel?: string;
  readonly savedWords?: string;
  readonly onRevise: (input: { campaignId: string } & ScheduleChanges) => Promise<Answer>;
}

/** When a campaign's mails may leave. Every change plans again at once. */
export function ScheduleForm({
  campaignId,
  onRevise,
  saveLabel = "Plan again",
  savedWords = "Planned again.",
  ...now
}: ScheduleFormProps) {
  const [start, setStart] = useState("");
  const [from, setFrom] = useState(now.windowStart);
  const [to, setTo] = useState(now.windowEnd);
  const [limit, setLimit] = useState(String(now.dailyLimit));
  const [gaps, setGaps] = useState(now.gaps.join("/"));
  const { pending, act } = useAct();
  const gapNumbers = gaps.split("/").map((gap) => Number(gap.trim()));
  const gapProblem =
    gapNumbers.length === 3 && gapNumbers.every((gap) => Number.isInteger(gap) && gap >= 0 && gap <= 60)
      ? undefined
      : "Three whole numbers, like 0/3/4.";
  const windowProblem = from < to ? undefined : "The window must end after it starts.";
  const save = () =>
    act(
      "The schedule was not changed.",
      () =>
        onRevise({
          campaignId,
          ...(start ? { startAt: new Date(start).toISOString() } : {}),
          ...(from !== now.windowStart ? { windowStart: from } : {}),
          ...(to !== now.windowEnd ? { windowEnd: to } : {}),
          ...(Number(limit) !== now.dailyLimit ? { dailyLimit: Number(limit) } : {}),
          ...(gaps !== now.gaps.join("/") ? { gaps: gapNumbers } : {}),
        }),
      () => toast.success(savedWords),
    );
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-5">
        <Field
          className="content-start"
          label="Not before"
          hint="In your own zone; leave it empty to keep the start."
        >
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={start}
              onChange={(event) => setStart(event.target.value)}
            />
          )}
        </Field>
        <Field
          className="content-start"
          label="Window from"
          hint="In each contact's own zone."
          error={windowProblem}
        >
          {(control) => <Input {...control} value={from} onChange={(event) => setFrom(event.target.value)} />}
        </Field>
        <Field className="content-start" label="Window to">
          {(control) => <Input {...control} value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
        <Field className="content-start" label="Mails a day" hint="At most 10,000 in any 24 hours.">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={10_000}
              value={limit}
              onChange={(event) => setLimit(event.target.value)}
            />
          )}
        </Field>
        <Field
          className="content-start"
          label="Gaps"
          hint="Business days before mail 1/2/3."
          error={gapProblem}
        >
          {(control) => <Input {...control} value={gaps} onChange={(event) => setGaps(event.target.value)} />}
        </Field>
      </div>
      <div>
        <Button
          variant="outline"
          onClick={save}
          disabled={pending || Boolean(gapProblem ?? windowProblem)}
          aria-busy={pending}
        >
          {saveLabel}
        </Button>
      </div>
    </div>
  );
}
