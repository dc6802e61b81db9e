import {
  BellIcon,
  ChevronRightIcon,
  ClockIcon,
  CogIcon,
  type LucideIcon,
  MoonIcon,
  SendIcon,
  WorkflowIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
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

/** The steps of a run in the order they began; what went in and came out is behind each. */
export function RunTimeline({
  steps,
  actionsOf,
}: {
  steps: readonly RunStep[];
  /** What can be done with a step that has ended. */
  actionsOf?: (step: RunStep) => ReactNode;
}) {
  return (
    <ol className="overflow-hidden rounded-lg border bg-card">
      {steps.map((step) => (
        <li key={step.id} className="border-b last:border-0">
          <TimelineStep step={step} actions={step.endedAt ? actionsOf?.(step) : null} />
        </li>
      ))}
    </ol>
  );
}

function TimelineStep({ step, actions }: { step: RunStep; actions: ReactNode }) {
  const message = errorMessage(step.error);
  const hasDetails =
    Boolean(actions) || [step.input, step.output, step.error].some((value) => value !== null);
  const problem = message && <p className="px-4 pb-2 break-words text-danger">{message}</p>;
  if (!hasDetails) return <StepLine step={step} hasDetails={false} />;
  return (
    <details className="group">
      <summary className="block -outline-offset-2 hover:bg-muted/60">
        <StepLine step={step} hasDetails />
        {problem}
      </summary>
      <div className="grid gap-1.5 px-4 pb-3">
        <JsonView title="Input" value={step.input} open />
        <JsonView title="Output" value={step.output} open />
        <JsonView title="The error in full" value={step.error} />
        {actions}
      </div>
    </details>
  );
}

function StepLine({ step, hasDetails }: { step: RunStep; hasDetails: boolean }) {
  const { icon: Icon, word, running } = KINDS[step.kind];
  return (
    <span className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-1.5">
      <span className="flex min-w-0 items-center gap-2">
        <ChevronRightIcon
          aria-hidden="true"
          className={cn(
            "size-3.5 shrink-0 text-muted-foreground transition-transform group-open:rotate-90",
            !hasDetails && "invisible",
          )}
        />
        <Icon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
        <span className="sr-only">{word}: </span>
        <span className="min-w-0 font-semibold break-words">{step.name}</span>
        {step.attempts > 1 && <Badge variant="attention">{step.attempts} attempts</Badge>}
      </span>
      <span className="flex items-center gap-3 text-xs text-muted-foreground tabular-nums">
        <span className="inline-flex items-center gap-1">
          <ClockIcon aria-hidden="true" className="size-3.5" />
          {sayLength(step)}
        </span>
        <Time iso={step.startedAt} show="absolute" />
        {isOpen(step) ? (
          <RunStatusBadge status="running" text={running} />
        ) : (
          <RunStatusBadge status={step.status} />
        )}
      </span>
    </span>
  );
}

/** An engine may call a wait that has begun "waiting" rather than running; to a person both are open. */
function isOpen({ status, kind }: RunStep): boolean {
  return status === "running" || (status === "queued" && kind !== "step");
}

function sayLength({ startedAt, endedAt }: RunStep): string {
  if (!startedAt || !endedAt) return "open";
  return formatDuration(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)));
}
