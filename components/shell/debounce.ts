/**
 * Runs `act` once things have been quiet for `waitMs`, and at the latest `mostMs` after the first call,
 * so that a steady stream does not hold it back for ever. `cancel` forgets what is waiting.
 */
export function debounce(act: () => void, waitMs: number, mostMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueBy = 0;
  function cancel() {
    clearTimeout(timer);
    timer = undefined;
  }
  function call() {
    const now = Date.now();
    if (timer === undefined) dueBy = now + mostMs;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = undefined;
        act();
      },
      Math.max(0, Math.min(waitMs, dueBy - now)),
    );
  }
  return Object.assign(call, { cancel });
}
