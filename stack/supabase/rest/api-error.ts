/** An answer PostgREST would give as an error: HTTP status plus its JSON body. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: unknown = null,
    readonly hint: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ApiError";
  }

  toJSON(): Record<string, unknown> {
    return { code: this.code, details: this.details, hint: this.hint, message: this.message };
  }
}

/** Syntax that is wrong, or that this server does not know: refused rather than guessed at. */
export function refuseSyntax(what: string, details: string | null = null): ApiError {
  return new ApiError(400, "PGRST100", `"failed to parse ${what}"`, details);
}

/** What Postgres would answer somebody who is not signed in and has no grant, without asking it. */
export function refuseAnonymous(what: string): ApiError {
  return new ApiError(401, "42501", `permission denied for ${what}`);
}
