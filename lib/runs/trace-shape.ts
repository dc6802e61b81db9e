import { z } from "zod";
import { type RunStatus, statusOf } from "./run-shape";

interface RawSpan {
  id?: string | null | undefined;
  name?: string | null | undefined;
  status?: string | null | undefined;
  stepOp?: string | null | undefined;
  stepId?: string | null | undefined;
  attempts?: number | null | undefined;
  queuedAt?: string | null | undefined;
  startedAt?: string | null | undefined;
  endedAt?: string | null | undefined;
  input?: unknown;
  output?: unknown;
  error?: unknown;
  children?: RawSpan[] | null | undefined;
}

const spanSchema: z.ZodType<RawSpan> = z.lazy(() =>
  z.object({
    id: z.string().nullish(),
    name: z.string().nullish(),
    status: z.string().nullish(),
    stepOp: z.string().nullish(),
    stepId: z.string().nullish(),
    attempts: z.number().nullish(),
    queuedAt: z.string().nullish(),
    startedAt: z.string().nullish(),
    endedAt: z.string().nullish(),
    input: z.unknown().optional(),
    output: z.unknown().optional(),
    error: z.unknown().optional(),
    children: z.array(spanSchema).nullish(),
  }),
);

export const traceSchema = z.object({ rootSpan: spanSchema.nullish() });

export type StepKind = "step" | "wait" | "sleep" | "send" | "invoke";

/** One step of a run in the order it began. */
export interface RunStep {
  readonly id: string;
  readonly name: string;
  readonly kind: StepKind;
  readonly status: RunStatus;
  readonly attempts: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: unknown;
}

const KINDS: Readonly<Record<string, StepKind>> = {
  WAIT_FOR_EVENT: "wait",
  WAIT_FOR_SIGNAL: "wait",
  SLEEP: "sleep",
  SEND_EVENT: "send",
  INVOKE: "invoke",
};

/**
 * The steps of a trace. Some servers nest attempts below their step: those without a step id of their own count as
 * attempts, and the last one's error is the step's.
 */
export function stepsOf(trace: z.infer<typeof traceSchema>): RunStep[] {
  return (trace.rootSpan?.children ?? []).map((span, index) => {
    const attempts = (span.children ?? []).filter((child) => !child.stepId);
    return {
      id: span.stepId ?? span.id ?? String(index),
      name: span.name ?? "step",
      kind: KINDS[span.stepOp ?? ""] ?? "step",
      status: statusOf(span.status, span.endedAt),
      attempts: Math.max(span.attempts ?? 0, attempts.length, 1),
      startedAt: span.startedAt ?? span.queuedAt ?? null,
      endedAt: span.endedAt ?? null,
      input: span.input ?? null,
      output: span.output ?? null,
      error: span.error ?? attempts.at(-1)?.error ?? null,
    };
  });
}
