import { z } from "zod";
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
});

export interface Binding extends z.infer<typeof bindingInput> {
  readonly id: number;
  readonly condition?: FilterCondition;
}

const OPERATORS = { eq: "=", neq: "<>", lt: "<", lte: "<=", gt: ">", gte: ">=", in: "= ANY" } as const;

/** `status=eq.open` or `id=in.(1,2)`: the operators the hosted service knows. */
export interface FilterCondition {
  readonly column: string;
  readonly operator: (typeof OPERATORS)[keyof typeof OPERATORS];
  readonly value: string;
}

/** @returns undefined when the text is not such a filter. */
export function parseChangeFilter(text: string): FilterCondition | undefined {
  const [, column, name, value] = /^([^=]+)=([a-z]+)\.(.*)$/s.exec(text) ?? [];
  if (!column || !name || value === undefined || !Object.hasOwn(OPERATORS, name)) return undefined;
  const operator = OPERATORS[name as keyof typeof OPERATORS];
  if (operator !== "= ANY") return { column, operator, value };
  const list = /^\((.*)\)$/s.exec(value)?.[1];
  if (list === undefined) return undefined;
  const items = list === "" ? [] : list.split(",");
  return {
    column,
    operator,
    value: `{${items.map((item) => `"${item.replace(/(["\\])/g, "\\$1")}"`).join(",")}}`,
  };
}

/** Whether a change is of the table and kind asked for; its filter is for Postgres to judge. */
export function concerns(binding: Binding, change: Change): boolean {
  return (
    (binding.event === "*" || binding.event === change.type) &&
    (binding.schema === "*" || binding.schema === change.schema) &&
    (binding.table === undefined || binding.table === "*" || binding.table === change.table)
  );
}
