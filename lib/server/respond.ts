import "server-only";
import { z } from "zod";
import { BadDecisionError } from "@/lib/approvals/decide-approval";
import { BadCriteriaError } from "@/lib/searches/create-search";
import { DatabaseError } from "@/lib/server/database-error";
import { logger } from "@/lib/server/logger";
import { NotAllowedError, NotSignedInError, requireOperator, type SignedIn } from "@/lib/server/operator";

export interface ApiProblem {
  readonly error: string;
  readonly message: string;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
}

/** The request's body is not what this endpoint takes. */
export class BadRequestError extends Error {
  override name = "BadRequestError";
  constructor(
    message: string,
    readonly status: 400 | 413 = 400,
  ) {
    super(message);
  }
}

/**
 * The one door of every JSON endpoint for people: signs in by cookie or Bearer token, runs the handler, and turns typed
 * errors into 400 with field paths, 401, 403, 404, 413 or 500.
 */
export async function respond(
  request: Request,
  handle: (signedIn: SignedIn) => Promise<Response>,
): Promise<Response> {
  try {
    refuseForeignPages(request);
    return await handle(await requireOperator(request.headers.get("authorization")));
  } catch (error) {
    return toResponse(error);
  }
}

/** A cookie is sent along by any page that posts here; only our own may act on it. */
function refuseForeignPages(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  if (request.method !== "GET" && (site === "cross-site" || site === "same-site"))
    throw new NotAllowedError("This request came from another site.");
}

/** Reads a JSON body of at most `maxBytes` and checks it. @throws {BadRequestError | z.ZodError} */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes = 1_000_000,
): Promise<z.output<Schema>> {
  return schema.parse(await readJsonText(request, maxBytes));
}

export async function readJsonText(request: Request, maxBytes: number): Promise<unknown> {
  const tooLarge = () =>
    new BadRequestError(
      `The body is larger than ${Math.round(maxBytes / 1024)} kB; this is not the right file.`,
      413,
    );
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const text = await request.text();
  if (text.length > maxBytes) throw tooLarge();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadRequestError(`The body is not JSON: ${(cause as Error).message}`);
  }
}

function toResponse(error: unknown): Response {
  if (error instanceof z.ZodError)
    return problem(400, {
      error: "invalid",
      message: "Some fields need another look.",
      fields: error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    });
  if (error instanceof BadCriteriaError || error instanceof BadDecisionError)
    return problem(400, { error: "invalid", message: error.message, fields: error.problems });
  if (error instanceof BadRequestError)
    return problem(error.status, {
      error: error.status === 413 ? "too_large" : "invalid",
      message: error.message,
    });
  if (error instanceof NotSignedInError)
    return problem(401, { error: "not_signed_in", message: error.message });
  if (error instanceof NotAllowedError) return problem(403, { error: "not_allowed", message: error.message });
  if (error instanceof DatabaseError) {
    if (error.isForbidden) return problem(403, { error: "not_allowed", message: error.message });
    if (error.code === "P0002" || error.code === "PGRST116")
      return problem(404, { error: "not_found", message: error.message });
    if (error.isRefused) return problem(400, { error: "refused", message: error.message });
  }
  logger.error({ err: error }, "a request failed");
  return problem(500, {
    error: "internal",
    message: "Something broke on our side; the log has the details.",
  });
}

export function problem(status: number, body: ApiProblem & Record<string, unknown>): Response {
  return Response.json(body, { status });
}
