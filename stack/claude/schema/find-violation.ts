import type { JsonSchema } from "./read-schema";

/** Where and how a value misses a schema ("/label: must be string"), or null when it fits. */
export function findViolation(value: unknown, root: JsonSchema): string | null {
  return check(value, root, root, "");
}

function check(value: unknown, schema: JsonSchema, root: JsonSchema, at: string): string | null {
  if (schema.$ref !== undefined) return check(value, resolve(schema.$ref, root), root, at);
  const say = (what: string) => `${at || "/"}: ${what}`;
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOfType(value, type)))
    return say(`must be ${types.join(" or ")}`);
  if (schema.enum && !schema.enum.some((entry) => isSame(entry, value))) {
    return say(`must be one of ${JSON.stringify(schema.enum)}`);
  }
  if ("const" in schema && !isSame(schema.const, value))
    return say(`must be ${JSON.stringify(schema.const)}`);
  for (const part of schema.allOf ?? []) {
    const violation = check(value, part, root, at);
    if (violation) return violation;
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices?.every((choice) => check(value, choice, root, at) !== null)) return say("fits no choice");
  if (schema.not && check(value, schema.not, root, at) === null) return say("fits what it must not");
  if (typeof value === "number") return checkNumber(value, schema, say);
  if (typeof value === "string") return checkText(value, schema, say);
  if (Array.isArray(value)) return checkList(value, schema, root, at, say);
  if (typeof value === "object" && value !== null) return checkObject(value, schema, root, at, say);
  return null;
}

type Say = (what: string) => string;

function checkNumber(value: number, schema: JsonSchema, say: Say): string | null {
  if (schema.minimum !== undefined && value < schema.minimum) return say(`must be >= ${schema.minimum}`);
  if (schema.maximum !== undefined && value > schema.maximum) return say(`must be <= ${schema.maximum}`);
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  if (above !== undefined && value <= above) return say(`must be > ${above}`);
  if (below !== undefined && value >= below) return say(`must be < ${below}`);
  return null;
}

function checkText(value: string, schema: JsonSchema, say: Say): string | null {
  if (schema.minLength !== undefined && value.length < schema.minLength) return say("is too short");
  if (schema.maxLength !== undefined && value.length > schema.maxLength) return say("is too long");
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
    return say(`must match ${schema.pattern}`);
  }
  return null;
}

function checkList(
  value: unknown[],
  schema: JsonSchema,
  root: JsonSchema,
  at: string,
  say: Say,
): string | null {
  if (schema.minItems !== undefined && value.length < schema.minItems) return say("has too few items");
  if (schema.maxItems !== undefined && value.length > schema.maxItems) return say("has too many items");
  const { items } = schema;
  if (items === undefined) return null;
  for (const [index, entry] of value.entries()) {
    const itemSchema = Array.isArray(items) ? items[index] : items;
    const violation = itemSchema ? check(entry, itemSchema, root, `${at}/${index}`) : null;
    if (violation) return violation;
  }
  return null;
}

function checkObject(
  value: object,
  schema: JsonSchema,
  root: JsonSchema,
  at: string,
  say: Say,
): string | null {
  const missing = (schema.required ?? []).find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return say(`must have "${missing}"`);
  for (const [name, entry] of Object.entries(value)) {
    const known =
      schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    const other = known ?? schema.additionalProperties;
    if (other === false) return say(`must not have "${name}"`);
    const violation = typeof other === "object" ? check(entry, other, root, `${at}/${name}`) : null;
    if (violation) return violation;
  }
  return null;
}

function resolve(ref: string, root: JsonSchema): JsonSchema {
  if (ref === "#") return root;
  let node: unknown = root;
  for (const part of ref.replace(/^#\//, "").split("/")) {
    node = (node as Record<string, unknown> | undefined)?.[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return (node ?? {}) as JsonSchema;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
