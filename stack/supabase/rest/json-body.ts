import { JsonBoundError, refuseDeepJson } from "@/stack/http/bound-json";
import { ApiError } from "./api-error";

/** A request body that is an object or an array of objects, kept as the text it came as. */
export interface JsonBody {
  /** The original text: parsing and printing again would round large numbers. */
  readonly text: string;
  readonly isArray: boolean;
  readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>>;
  /** The keys of its rows. @throws {ApiError} PGRST102 when rows have different keys. */
  keys(): string[];
}

/** @throws {ApiError} PGRST102 when the text is not JSON, or not made of objects; 413 when it is too deep or too large. */
export function parseJsonBody(text: string): JsonBody {
  const json = readJson(text === "" ? "{}" : text);
  const isArray = Array.isArray(json);
  const rows: unknown[] = isArray ? json : [json];
  if (!rows.every(isObject))
    throw new ApiError(400, "PGRST102", "The body must be a JSON object or an array of JSON objects");
  return {
    text: text === "" ? "{}" : text,
    isArray,
    rows,
    keys: () => {
      const keys = Object.keys(rows[0] ?? {});
      const same = rows.every((row) => {
        const own = Object.keys(row);
        return own.length === keys.length && keys.every((key) => Object.hasOwn(row, key));
      });
      if (!same) throw new ApiError(400, "PGRST102", "All object keys must match");
      return keys;
    },
  };
}

function readJson(text: string): unknown {
  try {
    refuseDeepJson(text);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof JsonBoundError)
      throw new ApiError(413, "54001", error.message, null, null, { cause: error });
    throw new ApiError(400, "PGRST102", "Empty or invalid json", null, null, { cause: error });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
