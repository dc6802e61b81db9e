/** The database, or the way to it, refused a request. `code` is Postgres' SQLSTATE or PostgREST's own. */
export class DatabaseError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly hint: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "DatabaseError";
  }

  /** The caller may not do this. */
  get isForbidden(): boolean {
    return this.code === "42501" || this.code.startsWith("PGRST3");
  }

  /** The row, or what a function looked for, is not there. */
  get isMissing(): boolean {
    return this.code === "P0002" || this.code === "PGRST116";
  }

  /** The value itself is not acceptable: a check, a bad argument, a broken reference. */
  get isRefused(): boolean {
    return ["22023", "22P02", "23514", "23503", "23502", "22001"].includes(this.code);
  }
}

interface Answer<Data> {
  readonly data: Data;
  readonly error: { code?: string; message: string; hint?: string | null; details?: string | null } | null;
}

/**
 * The data of a supabase-js answer.
 * @throws {DatabaseError} when the answer is an error.
 */
export function unwrap<Data>({ data, error }: Answer<Data>): NonNullable<Data> {
  if (error) throw toDatabaseError(error);
  if (data === null || data === undefined) throw new DatabaseError("PGRST116", "The row is not there.", null);
  return data;
}

/** As `unwrap`, where no row is a fine answer. */
export function unwrapMaybe<Data>({ data, error }: Answer<Data>): NonNullable<Data> | null {
  if (error) throw toDatabaseError(error);
  return data ?? null;
}

/** For writes whose answer is not read. @throws {DatabaseError} */
export function ensure({ error }: Pick<Answer<unknown>, "error">): void {
  if (error) throw toDatabaseError(error);
}

function toDatabaseError(error: NonNullable<Answer<unknown>["error"]>): DatabaseError {
  return new DatabaseError(error.code ?? "unreachable", error.message, error.hint ?? null, { cause: error });
}
