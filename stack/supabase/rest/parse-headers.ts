import type { IncomingHttpHeaders } from "node:http";
import { ApiError, refuseSyntax } from "./api-error";

/** What a request asks for beside its query, from the `Prefer` header (RFC 7240, PostgREST's values). */
export interface Preferences {
  readonly representation: boolean;
  readonly count: boolean;
  readonly resolution?: "merge-duplicates" | "ignore-duplicates";
  readonly missingAsDefault: boolean;
  readonly maxAffected?: number;
}

const ALLOWED: Readonly<Record<string, RegExp>> = {
  return: /^(representation|minimal|headers-only)$/,
  count: /^(exact|planned|estimated)$/,
  resolution: /^(merge-duplicates|ignore-duplicates)$/,
  missing: /^(default|null)$/,
  handling: /^(strict|lenient)$/,
  "max-affected": /^\d{1,15}$/,
  tx: /^commit$/,
};

/**
 * Reads `Prefer`. A preference that would change the answer and is not known here (`tx=rollback`, `timezone=`,
 * `params=single-object`) is refused even when `handling=lenient`.
 * @throws {ApiError} PGRST122
 */
export function parsePreferences(header: string | string[] | undefined): Preferences {
  const given = new Map<string, string>();
  for (const part of [header ?? ""].flat().join(",").split(",")) {
    const [name = "", value = ""] = part.split("=").map((word) => word.trim());
    if (!name) continue;
    const allowed = Object.hasOwn(ALLOWED, name) ? ALLOWED[name] : undefined;
    if (!allowed?.test(value))
      throw new ApiError(400, "PGRST122", "Invalid preferences given", `Invalid preferences: ${part.trim()}`);
    given.set(name, value);
  }
  const resolution = given.get("resolution");
  const maxAffected = given.get("handling") === "strict" ? given.get("max-affected") : undefined;
  return {
    representation: given.get("return") === "representation",
    count: given.has("count"),
    ...(resolution && {
      resolution: resolution === "ignore-duplicates" ? "ignore-duplicates" : "merge-duplicates",
    }),
    missingAsDefault: given.get("missing") === "default",
    ...(maxAffected && { maxAffected: Number(maxAffected) }),
  };
}

/**
 * Whether the caller wants one object rather than an array.
 * @throws {ApiError} PGRST107 (406) for media types not produced here: CSV, GeoJSON, plans, stripped nulls.
 */
export function parseAccept(header: string | undefined): { readonly single: boolean } {
  const types = (header || "*/*").split(",").map((type) => type.trim().toLowerCase());
  for (const type of types) {
    const [name = "", ...parameters] = type.split(";").map((part) => part.trim());
    if (parameters.some((parameter) => parameter.startsWith("nulls="))) continue;
    if (name === "application/vnd.pgrst.object+json" || name === "application/vnd.pgrst.object")
      return { single: true };
    if (["*/*", "application/*", "application/json", "application/vnd.pgrst.array+json"].includes(name))
      return { single: false };
  }
  throw new ApiError(406, "PGRST107", `None of these media types are available: ${types.join(", ")}`);
}

/** @throws {ApiError} when the body is not declared as JSON, or paging is asked for with a Range header. */
export function refuseOtherFormats(headers: IncomingHttpHeaders, hasBody: boolean): void {
  const type = headers["content-type"];
  if (hasBody && type && !/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new ApiError(415, "PGRST102", `Content-Type not acceptable: ${type}`);
  if (headers.range !== undefined) throw refuseSyntax("Range header: use limit and offset");
}
