import { z } from "zod";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * A zod schema as the Claude CLI's `--json-schema` takes it: JSON Schema draft 7 without `$schema` and `format`, which
 * some versions answer by silently dropping the schema. Formats are checked again by zod afterwards.
 */
export function toCliSchema(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { target: "draft-7", io: "input" }) as Json;
  return JSON.stringify(strip(json, false));
}

function strip(value: Json, isPropertyMap: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => strip(item, false));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, item]) =>
          isPropertyMap || !(key === "$schema" || (key === "format" && typeof item === "string")),
      )
      .map(([key, item]) => [
        key,
        strip(item, !isPropertyMap && (key === "properties" || key === "definitions")),
      ]),
  );
}

/**
 * Outside text as the agent's input: JSON with every `@` escaped, so that no file mention can form, after words of our
 * own, so that no leading slash can. Lossless for any JSON reader.
 */
export function toAgentInput(input: unknown): string {
  return `Input:\n${JSON.stringify(input).replaceAll("@", "\\u0040")}`;
}
