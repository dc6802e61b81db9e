/** A request the engine refuses; `status` is the HTTP status of the answer. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code = "invalid_request",
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "RequestError";
  }
}

/** A function configuration the engine cannot honour. The message names the function and the setting. */
export class RegistrationError extends RequestError {
  constructor(functionId: string, what: string, options?: ErrorOptions) {
    super(400, `function "${functionId}": ${what}`, "invalid_function", options);
    this.name = "RegistrationError";
  }
}

/** Nothing accepts connections at the app's address: no step was started, so no attempt is used up. */
export class AppUnreachableError extends Error {
  constructor(
    readonly url: string,
    options?: ErrorOptions,
  ) {
    const cause = options?.cause as { code?: string; message?: string } | undefined;
    super(
      `the app at ${url} is not answering (${cause?.code ?? cause?.message ?? "no connection"})`,
      options,
    );
    this.name = "AppUnreachableError";
  }
}

/** Another engine already drives this database. */
export class EngineAlreadyRunningError extends Error {
  constructor() {
    super("another engine is already running on this database; stop that one first");
    this.name = "EngineAlreadyRunningError";
  }
}

/** A call's reply or checkpoint that belongs to a dispatch the engine has given up on. */
export class StaleDispatchError extends RequestError {
  constructor(runId: string) {
    super(409, `run ${runId} is no longer executing this call`, "stale_dispatch");
    this.name = "StaleDispatchError";
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
