import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { logger } from "./logger";
import { type Role, requireOperator, type SignedIn } from "./operator";
import { type FieldProblem, toRefused } from "./refused";

/** What every server action answers: a value, or one sentence and the fields it is about. */
export type ActionAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly fields: readonly FieldProblem[] };

/**
 * The one door of every server action: asks who it is and whether they may, checks the input, and turns a refusal into
 * an answer a form can show. Row-level security stands behind it.
 * @param role the least a person must be.
 */
export function actionFor<Schema extends z.ZodType, Value>(
  role: Role,
  schema: Schema,
  act: (input: z.output<Schema>, signedIn: SignedIn) => Promise<Value>,
): (input: z.input<Schema>) => Promise<ActionAnswer<Value>> {
  return async (input) => {
    try {
      const signedIn = await requireOperator({ role });
      return { ok: true, value: await act(schema.parse(input), signedIn) };
    } catch (error) {
      // A redirect is an answer of its own.
      unstable_rethrow(error);
      const refused = toRefused(error);
      if (refused) return { ok: false, message: refused.message, fields: refused.fields };
      logger.error({ err: error }, "an action failed");
      return {
        ok: false,
        message: "Something broke on our side. Nothing was changed; try again.",
        fields: [],
      };
    }
  };
}
