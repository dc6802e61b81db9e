import "server-only";
import type { z } from "zod";
import { logger } from "./logger";
import { type Role, requireOperator, type SignedIn } from "./operator";
import { readText } from "./read-text";
import { type FieldProblem, Refused, type RefusedStatus, toRefused } from "./refused";

export interface ApiProblem {
  readonly error: string;
  readonly message: string;
  readonly fields?: readonly FieldProblem[];
}

const CODES: Readonly<Record<RefusedStatus, string>> = {
  400: "invalid",
  401: "not_signed_in",
  403: "not_allowed",
  404: "not_found",
  413: "too_large",
  502: "unavailable",
};

/**
 * The one door of every JSON endpoint for people: signs in by cookie or Bearer token, asks whether they may, runs the
 * handler, and turns a refusal into its status with field paths; anything else is 500.
 * @param role the least a person must be.
 */
export async function respond(
  request: Request,
  role: Role,
  handle: (signedIn: SignedIn) => Promise<Response>,
): Promise<Response> {
  try {
    refuseForeignPages(request);
    return await handle(await requireOperator({ role, authorization: request.headers.get("authorization") }));
  } catch (error) {
    const refused = toRefused(error);
    if (refused)
      return problem(refused.status, {
        error: CODES[refused.status],
        message: refused.message,
        fields: refused.fields.length > 0 ? refused.fields : undefined,
      });
    logger.error({ err: error }, "a request failed");
    return problem(500, {
      error: "internal",
      message: "Something broke on our side; the log has the details.",
    });
  }
}

/** A cookie is sent along by any page that posts here; only our own may act on it. */
function refuseForeignPages(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  if (request.method !== "GET" && (site === "cross-site" || site === "same-site"))
    throw new Refused("This request came from another site.", { status: 403 });
}

/** Reads a JSON body of at most `maxBytes` and checks it. @throws {Refused | z.ZodError} */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes = 1_000_000,
): Promise<z.output<Schema>> {
  return schema.parse(await readJsonText(request, maxBytes));
}

/** The JSON value of a body of at most `maxBytes`. @throws {Refused} */
export async function readJsonText(request: Request, maxBytes: number): Promise<unknown> {
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refused(`The body is not JSON: ${(cause as Error).message}`, { cause });
  }
}

export function problem(status: number, body: ApiProblem & Record<string, unknown>): Response {
  return Response.json(body, { status });
}
