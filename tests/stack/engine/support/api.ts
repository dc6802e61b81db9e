/** One run as a console sees it. */
export interface ApiRun {
  readonly id: string;
  readonly status: string;
  readonly output?: Record<string, unknown>;
  readonly reason?: string;
}

export async function sendEvent(
  server: string,
  name: string,
  data: Record<string, unknown> = {},
): Promise<string> {
  const response = await fetch(`${server}/e/test`, { method: "POST", body: JSON.stringify({ name, data }) });
  const { ids } = (await response.json()) as { ids: string[] };
  return ids[0] ?? "";
}

export async function runOfEvent(server: string, eventId: string): Promise<ApiRun | undefined> {
  const response = await fetch(`${server}/api/v2/events/${eventId}/runs?includeOutput=true`);
  return ((await response.json()) as { data: ApiRun[] }).data[0];
}

/** Waits until a condition returns something. */
export async function eventually<T>(
  what: string,
  condition: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited 10 s for ${what}`);
}

/** Waits until the event's run has a status. */
export async function runReaches(server: string, eventId: string, status: string): Promise<ApiRun> {
  return eventually(`a run to be ${status}`, async () => {
    const run = await runOfEvent(server, eventId);
    return run?.status === status ? run : undefined;
  });
}
