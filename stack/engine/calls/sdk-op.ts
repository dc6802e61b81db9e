import { z } from "zod";

const sdkError = z.looseObject({
  name: z.string().optional(),
  message: z.string().optional(),
  stack: z.string().optional(),
  cause: z.unknown().optional(),
  data: z.unknown().optional(),
});

/** One operation an SDK reports, in a reply or a checkpoint. Internal fields the SDK leaks along are dropped. */
export const sdkOp = z.object({
  op: z.string(),
  id: z.string().min(1).max(512),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  timing: z.object({ a: z.number().optional(), b: z.number().optional() }).nullish(),
});

export type SdkOp = z.infer<typeof sdkOp>;
export type SdkError = z.infer<typeof sdkError>;

/** An error as the SDK serialises it; anything else becomes a message. */
export function readSdkError(value: unknown): {
  name: string;
  message: string;
  stack?: string;
  cause?: unknown;
  data?: unknown;
} {
  const parsed = sdkError.safeParse(value);
  if (!parsed.success)
    return {
      name: "Error",
      message: typeof value === "string" ? value : (JSON.stringify(value) ?? "unknown error"),
    };
  const { name, message, stack, cause, data } = parsed.data;
  return {
    name: name ?? "Error",
    message: message ?? "unknown error",
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause }),
    ...(data === undefined ? {} : { data }),
  };
}

/** A text option of an operation. */
export function textOption(op: SdkOp, name: string): string | undefined {
  const value = op.opts?.[name];
  return typeof value === "string" ? value : undefined;
}

export function isRace(op: SdkOp): boolean {
  return op.opts?.parallelMode === "race";
}

/** When the step ran, epoch ms, from the SDK's nanoseconds. */
export function opTimes(op: SdkOp, now: number): { startedAt: number; endedAt: number } {
  const startedAt = op.timing?.a ? Math.min(Math.floor(op.timing.a / 1e6), now) : now;
  const endedAt = op.timing?.b ? Math.min(startedAt + Math.ceil(op.timing.b / 1e6), now) : now;
  return { startedAt, endedAt };
}
