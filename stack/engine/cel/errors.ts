/** An expression that is not CEL. The message quotes it and says where reading stopped. */
export class CelSyntaxError extends Error {
  constructor(
    readonly source: string,
    readonly at: number,
    what: string,
  ) {
    super(`${what} at character ${at + 1} of the expression "${source}"`);
    this.name = "CelSyntaxError";
  }
}
