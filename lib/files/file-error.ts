/** What is wrong with a file as a whole, in words for the person who chose it. Nothing of it was stored. */
export class ImportFileError extends Error {
  override name = "ImportFileError";
  constructor(
    message: string,
    /** Whether the file is only too much of a good thing */
    readonly tooLarge = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
