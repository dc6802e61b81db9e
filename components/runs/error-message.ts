/** The message of an error as an engine stores it, whatever wraps it; null when it is no error. */
export function errorMessage(value: unknown): string | null {
  if (typeof value === "string") return value || null;
  if (typeof value !== "object" || value === null) return null;
  for (const key of ["message", "error", "data"] as const) {
    if (!(key in value)) continue;
    const found = errorMessage((value as Record<string, unknown>)[key]);
    if (found) return found;
  }
  return null;
}
