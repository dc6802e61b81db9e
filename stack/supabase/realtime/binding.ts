import { z } from "zod";
import { Cursor } from "../rest/parse-cursor";
import { parseTest } from "../rest/parse-filter";
import type { Condition } from "../rest/syntax";
import type { Change } from "./change";

/** One `.on("postgres_changes", {...})` of a client. */
export const bindingInput = z.object({
  event: z.string().transform((event, context) => {
    const name = event.toUpperCase();
    if (name === "*" || name === "INSERT" || name === "UPDATE" || name === "DELETE") return name;
    context.addIssue(`unknown event "${event}"`);
    return z.NEVER;
  }),
  schema: z.string().default("public"),
  table: z.string().optional(),
  filter: z.string().max(1000).optional(),
  /** Columns the client wants; all it may see without it. */
  select: z.array(z.string().max(100)).min(1).max(100).optional(),
});

export interface Binding extends z.infer<typeof bindingInput> {
  readonly id: number;
  readonly conditions: readonly Condition[];
}

/** What hosted's Realtime filters with. */
const OPERATORS = new Set("eq neq lt lte gt gte in like ilike is match imatch isdistinct".split(" "));

/**
 * `status=eq.open`, `id=not.in.(1,2)`, `name=like."a,b%"`; several with commas between them must all hold.
 * @throws {ApiError} saying which operator, or where it is not understood.
 */
export function parseChangeFilter(text: string): Condition[] {
  const cursor = new Cursor(text, "filter");
  const conditions = cursor.takeList(() => parseCondition(cursor));
  cursor.expectEnd();
  return conditions;
}

function parseCondition(cursor: Cursor): Condition {
  const name = cursor.match(/[^=]+(?==)/y)?.[0].trim() || cursor.fail();
  cursor.expect("=");
  const [, operator = "", modifier] = cursor.match(/(?=(?:not\.)?([a-z]+)(\()?)/y) ?? [];
  if (!OPERATORS.has(operator) || modifier)
    cursor.fail(`the operator "${operator}${modifier ? "(…)" : ""}" is not served for changes`);
  return { kind: "filter", field: { name, path: [] }, ...parseTest(cursor, "change") };
}

/** Whether a change is of the table and kind asked for; its filter is for Postgres to judge. */
export function concerns(binding: Binding, change: Change): boolean {
  return (
    (binding.event === "*" || binding.event === change.type) &&
    (binding.schema === "*" || binding.schema === change.schema) &&
    (binding.table === undefined || binding.table === "*" || binding.table === change.table)
  );
}
