type Lane = "live" | "background";

interface Waiting {
  readonly start: () => void;
}

/**
 * How many agents may run at once in this process. Each line (an agent's name) is served in turn, so a thousand mails to
 * classify do not keep one search waiting; within a line first come, first served. Background work has one place of its
 * own beside these, and starts only while nothing live waits: it never takes a place from live work.
 */
export class Slots {
  private running = 0;
  private inBackground = 0;
  private readonly lines = new Map<string, Waiting[]>();
  private readonly background: Waiting[] = [];

  constructor(private readonly limit: () => number) {}

  /** Runs `work` when there is room for it. */
  async take<Result>(line: string, work: () => Promise<Result>, lane: Lane = "live"): Promise<Result> {
    await new Promise<void>((start) => {
      const waiting = { start };
      if (lane === "background") this.background.push(waiting);
      else this.lines.set(line, [...(this.lines.get(line) ?? []), waiting]);
      this.serve();
    });
    try {
      return await work();
    } finally {
      if (lane === "background") this.inBackground--;
      else this.running--;
      this.serve();
    }
  }

  /** How many run and how many wait, for a page to show. */
  get load(): { readonly running: number; readonly waiting: number } {
    const waiting = [...this.lines.values()].reduce((sum, line) => sum + line.length, this.background.length);
    return { running: this.running + this.inBackground, waiting };
  }

  private serve(): void {
    while (this.running < this.limit()) {
      const next = this.nextLive();
      if (!next) break;
      this.running++;
      next.start();
    }
    if (this.lines.size > 0 || this.inBackground > 0) return;
    const next = this.background.shift();
    if (!next) return;
    this.inBackground++;
    next.start();
  }

  /** The first of the line that has waited longest since it was last served: a served line goes to the end. */
  private nextLive(): Waiting | undefined {
    for (const [line, waiting] of this.lines) {
      const [next, ...rest] = waiting;
      this.lines.delete(line);
      if (rest.length > 0) this.lines.set(line, rest);
      if (next) return next;
    }
    return undefined;
  }
}
