/** What was wrong with the engine, beyond an error of the statement. */
export type FaultKind =
  /** The statement ran longer than it may. */
  | "overrun"
  /** The answer is not the answer to what was asked. */
  | "protocol"
  /** The engine reported an error of its own, which no statement should cause. */
  | "internal"
  /** The engine is gone. */
  | "lost";

/** SQLSTATEs a client understands: a statement cancelled for its time, an internal error, a connection that failed. */
const CODES: Readonly<Record<FaultKind, string>> = {
  overrun: "57014",
  protocol: "XX000",
  internal: "XX000",
  lost: "08006",
};

/** The engine can no longer be trusted: it is replaced, and what was not committed is undone. */
export class EngineFault extends Error {
  override name = "EngineFault";
  readonly code: string;

  constructor(
    readonly kind: FaultKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = CODES[kind];
  }
}
