import { UsageError } from "../cli/read-flags";

/** The part of JSON Schema draft-07 that is checked; other keywords are ignored. */
export interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  items?: JsonSchema | JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  not?: JsonSchema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  $ref?: string;
  $schema?: string;
  $defs?: Record<string, JsonSchema>;
  definitions?: Record<string, JsonSchema>;
}

const TYPES = new Set(["object", "array", "string", "number", "integer", "boolean", "null"]);
const KEYED_BY_NAME = new Set(["properties", "$defs", "definitions"]);

/** @throws {UsageError} for what Claude Code refuses at start: no JSON, another dialect, an unknown type, no object. */
export function readSchema(source: string | undefined): JsonSchema | null {
  if (source === undefined) return null;
  let schema: unknown;
  try {
    schema = JSON.parse(source);
  } catch (cause) {
    throw new UsageError("Error: --json-schema is not valid JSON", { cause });
  }
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    throw new UsageError("Error: --json-schema must be a JSON object");
  }
  const { $schema } = schema as JsonSchema;
  if ($schema !== undefined && !/draft-07/.test($schema)) {
    throw new UsageError(`Error: --json-schema has the dialect ${$schema}; only draft-07 is supported`);
  }
  refuseUnknownTypes(schema, false);
  return schema as JsonSchema;
}

function refuseUnknownTypes(node: unknown, keyedByName: boolean): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "type" && !keyedByName && !Array.isArray(node)) {
      const wrong = [value].flat().find((type) => typeof type !== "string" || !TYPES.has(type));
      if (wrong !== undefined)
        throw new UsageError(`Error: --json-schema has the unknown type ${String(wrong)}`);
    } else if (key !== "enum" && key !== "const" && key !== "default") {
      refuseUnknownTypes(value, KEYED_BY_NAME.has(key) && !keyedByName);
    }
  }
}
