import "server-only";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { BadDecisionError } from "@/lib/approvals/decide-approval";
import { BadCampaignChangeError } from "@/lib/campaigns/revise-campaign";
import { BadCriteriaError } from "@/lib/searches/create-search";
import { DatabaseError } from "@/lib/server/database-error";
import { logger } from "@/lib/server/logger";
import { NotAllowedError, NotSignedInError, requireOperator, type SignedIn } from "@/lib/server/operator";

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What every server action answers: a value, or one sentence and the fields it is about. */
export type ActionAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly fields?: readonly FieldError[] };

/**
 * The one door of every server action: checks the input, the sign-in and the role, and turns typed errors into an answer
 * a form can show. Row-level security stands behind it.
 */
export function operatorAction<Schema extends z.ZodType, Value>(
  schema: Schema,
  act: (input: z.output<Schema>, signedIn: SignedIn) => Promise<Value>,
): (input: z.input<Schema>) => Promise<ActionAnswer<Value>> {
  return async (input) => {
    try {
      const signedIn = await requireOperator();
      return { ok: true, value: await act(schema.parse(input), signedIn) };
    } catch (error) {
      // A redirect is an answer of its own.
      unstable_rethrow(error);
      return toAnswer(error);
    }
  };
}

function toAnswer(error: unknown): { ok: false; message: string; fields?: readonly FieldError[] } {
  if (error instanceof z.ZodError) {
    const fields = error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
    return { ok: false, message: fields[0]?.message ?? "Some fields need another look.", fields };
  }
  if (error instanceof BadCriteriaError || error instanceof BadDecisionError)
    return { ok: false, message: error.message, fields: error.problems };
  if (
    error instanceof NotSignedInError ||
    error instanceof NotAllowedError ||
    error instanceof BadCampaignChangeError
  )
    return { ok: false, message: error.message };
  if (error instanceof DatabaseError && (error.isForbidden || error.isRefused || error.code === "P0002"))
    return { ok: false, message: error.message };
  logger.error({ err: error }, "an action failed");
  return { ok: false, message: "Something broke on our side. Nothing was changed; try again." };
}
