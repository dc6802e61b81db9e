import {
  BellIcon,
  ClockIcon,
  CogIcon,
  type LucideIcon,
  MoonIcon,
  SendIcon,
  WorkflowIcon,
} from "lucide-react";
import { formatDuration } from "@/components/format/numbers";
import { Time } from "@/components/format/time";
import { Badge } from "@/components/ui/badge";
import type { RunStep, StepKind } from "@/lib/runs/trace-shape";
import { errorMessage } from "./error-message";
import { JsonView } from "./json-view";
import { RunStatusBadge } from "./run-status";

const KINDS: Record<StepKind, { icon: LucideIcon; word: string; running: string }> = {
  step: { icon: CogIcon, word: "Step", running: "Running" },
  wait: { icon: BellIcon, word: "Wait", running: "Waiting" },
  sleep: { icon: MoonIcon, word: "Pause", running: "Resting" },
  send: { icon: SendIcon, word: "Event", running: "Sending" },
  invoke: { icon: WorkflowIcon, word: "Run", running: "Running" },
};

/** The steps of a run in the order they began; the newest of a long run first would hide why it came there. */
export function RunTimeline({ steps }: { steps: readonly RunStep[] }) {
  return (
    <ol className="overflow-hidden rounded-lg border bg-card">
      {steps.map((step) => (
        <li key={step.id} className="border-b px-4 py-2.5 last:border-0">
          <TimelineStep step={step} />
        </li>
      ))}
    </ol>
  );
}

function TimelineStep({ step }: { step: RunStep }) {
  const { icon: Icon, word, running } = KINDS[step.kind];
  const message = errorMessage(step.error);
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="flex min-w-0 items-center gap-2">
          <Icon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
          <span className="sr-only">{word}: </span>
          <span className="min-w-0 font-semibold break-words">{step.name}</span>
          {step.attempts > 1 && <Badge variant="attention">{step.attempts} attempts</Badge>}
        </p>
        <p className="flex items-center gap-3 text-xs text-muted-foreground tabular-nums">
          <span className="inline-flex items-center gap-1">
            <ClockIcon aria-hidden="true" className="size-3.5" />
            {sayLength(step)}
          </span>
          <Time iso={step.startedAt} show="absolute" />
          {step.status === "running" ? (
            <RunStatusBadge status="running" text={running} />
          ) : (
            <RunStatusBadge status={step.status} />
          )}
        </p>
      </div>
      {message && <p className="break-words text-danger">{message}</p>}
      <div className="grid gap-1.5 empty:hidden">
        <JsonView title="Input" value={step.input} />
        <JsonView title="Output" value={step.output} />
        {step.error !== null && <JsonView title="The error in full" value={step.error} />}
      </div>
    </div>
  );
}

function sayLength({ startedAt, endedAt }: RunStep): string {
  if (!startedAt || !endedAt) return "open";
  return formatDuration(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)));
}
