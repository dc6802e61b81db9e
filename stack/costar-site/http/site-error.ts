/** A request the site answers with an error status; the message is shown. */
export class SiteError extends Error {
  constructor(
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "SiteError";
  }
}
