/** A backup that cannot be written or put back. The message says why and what to do; nothing was changed. */
export class BackupError extends Error {
  override name = "BackupError";
}
