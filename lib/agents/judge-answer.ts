import type { z } from "zod";
import type { Judgement } from "./ask-with-repair";

/** Holds an answer to its schema, then to the task's own checks. Errors are written for the agent to read. */
export function judgeAnswer<Schema extends z.ZodType>(
  schema: Schema,
  check: ((output: z.output<Schema>) => readonly string[]) | undefined,
  output: unknown,
): Judgement<z.output<Schema>> {
  const parsed = schema.safeParse(output);
  if (!parsed.success) {
    const errors = parsed.error.issues
      .slice(0, 20)
      .map((issue) => `${issue.path.join(".") || "the answer"}: ${issue.message}`);
    return { ok: false, kind: "schema", errors };
  }
  const errors = check?.(parsed.data) ?? [];
  return errors.length === 0 ? { ok: true, output: parsed.data } : { ok: false, kind: "checks", errors };
}
