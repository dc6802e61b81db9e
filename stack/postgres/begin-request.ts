import type { RequestSettings, TransactionOptions } from "./database";
import { quoteIdentifier, quoteLiteral } from "./inline-parameters";

/**
 * The one statement that opens a transaction's scope: read-only, role, claims, search path. Its text is the same for every
 * request, so that its plan can be kept. `more` are further settings of this transaction.
 * @returns undefined when there is nothing to set.
 */
export function transactionScope(
  options: TransactionOptions,
  more: ReadonlyArray<readonly [string, string]> = [],
): { readonly text: string; readonly params: readonly string[] } | undefined {
  const values = [...more, ...scopeValues(options)];
  if (values.length === 0) return undefined;
  // The third argument keeps each value inside this transaction.
  const calls = values.map(([name], index) => `set_config('${name}', $${index + 1}, true)`);
  // One small answer instead of every value sent back.
  return { text: `select concat(${calls.join(", ")}) is null`, params: values.map(([, value]) => value) };
}

/** The same with its values in it, for a message of several statements; an empty string when there is nothing to set. */
export function writeTransactionScope(options: TransactionOptions): string {
  const calls = scopeValues(options).map(
    ([name, value]) => `set_config('${name}', ${quoteLiteral(value)}, true)`,
  );
  return calls.length === 0 ? "" : `select ${calls.join(", ")}`;
}

function scopeValues({ readOnly, settings }: TransactionOptions): ReadonlyArray<readonly [string, string]> {
  return [
    // In this order: once the role is set, only what that role may set can be set.
    ...(readOnly ? ([["transaction_read_only", "on"]] as const) : []),
    ...(settings ? requestValues(settings) : []),
  ];
}

function requestValues(settings: RequestSettings): ReadonlyArray<readonly [string, string]> {
  return [
    ["role", settings.role],
    ["request.jwt.claims", JSON.stringify(settings.claims)],
    ["request.method", settings.method ?? ""],
    ["request.path", settings.path ?? ""],
    ["search_path", `${quoteIdentifier(settings.schema ?? "public")}, "public", "extensions"`],
  ];
}
