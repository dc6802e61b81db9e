import type { Kit } from "./kit";

export interface EndedRun {
  readonly id: string;
  readonly status: string;
}

interface ApiRun {
  readonly run_id: string;
  readonly status: string;
}

const ENDED = new Set(["Completed", "Failed", "Cancelled", "Skipped"]);
const POLL_MS = 100;

/** Drives a server from outside and waits on conditions. */
export class Context {
  constructor(
    readonly server: string,
    readonly kit: Kit,
    /** Longest wait for anything, ms. */
    readonly patienceMs: number,
  ) {}

  /** Sends one event named `<app>/<name>` and returns its internal id. */
  async send(
    name: string,
    data: Record<string, unknown> = {},
    extra: Record<string, unknown> = {},
  ): Promise<string> {
    const [id] = await this.sendAll([{ name: this.kit.event(name), data, ...extra }]);
    if (id === undefined) throw new Error("the server returned no event id");
    return id;
  }

  async sendAll(events: readonly Record<string, unknown>[]): Promise<string[]> {
    const { status, body } = await this.post("/e/test", events);
    if (status !== 200) throw new Error(`POST /e answered ${status}: ${JSON.stringify(body)}`);
    return (body as { ids: string[] }).ids;
  }

  async post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    return this.request("POST", path, body);
  }

  async get(path: string): Promise<{ status: number; body: unknown }> {
    // Real servers cache some answers by URL.
    return this.request("GET", `${path}${path.includes("?") ? "&" : "?"}x=${Math.random()}`);
  }

  async request(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.server + path, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
  }

  /** Ids of the runs an event started, so far. */
  async runIds(eventId: string): Promise<string[]> {
    const { body } = await this.get(`/v1/events/${eventId}/runs`);
    return ((body as { data?: ApiRun[] }).data ?? []).map((run) => run.run_id);
  }

  async status(runId: string): Promise<string> {
    const { body } = await this.get(`/v1/runs/${runId}`);
    return (body as { data?: ApiRun }).data?.status ?? "Unknown";
  }

  /** Waits until the event's only run has ended. `nudge` is called between looks. */
  async ended(eventId: string, nudge?: () => Promise<unknown>): Promise<EndedRun> {
    const run = await this.until(
      `the run of event ${eventId} to start`,
      async () => (await this.runIds(eventId))[0],
    );
    return this.runEnded(run, nudge);
  }

  async runEnded(runId: string, nudge?: () => Promise<unknown>): Promise<EndedRun> {
    return this.until(`run ${runId} to end`, async () => {
      const status = await this.status(runId);
      if (ENDED.has(status)) return { id: runId, status };
      await nudge?.();
      return undefined;
    });
  }

  /** Waits for a condition to return something. */
  async until<T>(
    what: string,
    condition: () => Promise<T | undefined | false> | T | undefined | false,
  ): Promise<T> {
    const giveUpAt = Date.now() + this.patienceMs;
    for (;;) {
      const value = await condition();
      if (value !== undefined && value !== false) return value;
      if (Date.now() > giveUpAt) throw new Error(`waited ${this.patienceMs} ms for ${what}`);
      await this.pause(POLL_MS);
    }
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }
}
