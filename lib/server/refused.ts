import { z } from "zod";
import { DatabaseError } from "./database-error";

/** What is wrong with one field; `path` is its name as the form or the JSON body spells it, with dots. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** HTTP's word for why: bad input, nobody signed in, not allowed, not there, too large, or a part that did not answer. */
export type RefusedStatus = 400 | 401 | 403 | 404 | 413 | 502;

/**
 * Whatever a person can be refused for, in words they can act on. The doors of actions and of endpoints show its message
 * and its fields and know no other error; a room that must tell its refusals apart extends it.
 */
export class Refused extends Error {
  override name = "Refused";
  readonly status: RefusedStatus;
  readonly fields: readonly FieldProblem[];

  constructor(
    message: string,
    {
      status = 400,
      fields = [],
      cause,
    }: { status?: RefusedStatus; fields?: readonly FieldProblem[]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.fields = fields;
  }

  /** A refusal that is the sum of its fields. */
  static fields(fields: readonly FieldProblem[]): Refused {
    return new Refused(fields.map((field) => field.message).join(" "), { fields });
  }
}

/** What an error says to a person: a refusal, input of the wrong shape, or the database's own no. Null for a fault of ours. */
export function toRefused(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (error instanceof z.ZodError) {
    const fields = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    return new Refused(fields[0]?.message ?? "Some fields need another look.", { fields });
  }
  if (!(error instanceof DatabaseError)) return null;
  const status = error.isForbidden ? 403 : error.isMissing ? 404 : error.isRefused ? 400 : null;
  return status && new Refused(error.message, { status, cause: error });
}
