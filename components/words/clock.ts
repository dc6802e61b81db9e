const TICK_MS = 30_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

/** One timer for every time on the page. Returns the way to stop listening. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    now = 0;
  };
}

/** The moment of the last tick in epoch milliseconds, the same for every time shown until the next. */
export function readClock(): number {
  if (now === 0) now = Date.now();
  return now;
}

function tick() {
  now = Date.now();
  for (const listener of listeners) listener();
}
