/** Lets `limit` calls through in any `windowMs`; a call that is refused does not count. */
export function rateLimit(limit: number, windowMs: number, now: () => number): () => boolean {
  const calls: number[] = [];
  return () => {
    const at = now();
    while (calls[0] !== undefined && calls[0] <= at - windowMs) calls.shift();
    if (calls.length >= limit) return false;
    calls.push(at);
    return true;
  };
}
