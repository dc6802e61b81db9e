import type { GetFunctionInput, Inngest, InngestFunction } from "inngest";

/** What a scenario's function is given. */
export type Input = GetFunctionInput<Inngest<{ id: string }>>;
export type AnyFunction = InngestFunction.Any;

type Configuration = Omit<Parameters<Inngest<{ id: string }>["createFunction"]>[0], "id" | "triggers"> & {
  /** Defaults to the event `<app>/<id>`. */
  readonly triggers?: readonly ({ event: string; if?: string } | { cron: string })[];
};

/** Builds a scenario's functions and records what they do, so that a check needs no server API to see it. */
export class Kit {
  readonly #returned = new Map<string, unknown>();
  readonly #notes: { readonly label: string; readonly value: unknown; readonly at: number }[] = [];

  constructor(
    readonly client: Inngest<{ id: string }>,
    /** Port of the app, for functions that call it. */
    readonly appId: string,
  ) {}

  /** `<app>/<name>`: every app of a test run has events of its own. */
  event(name: string): string {
    return `${this.appId}/${name}`;
  }

  /** Remembers something a function did. */
  note(label: string, value: unknown = true): void {
    this.#notes.push({ label, value, at: Date.now() });
  }

  notes(label: string): unknown[] {
    return this.#notes.filter((note) => note.label === label).map((note) => note.value);
  }

  noteTimes(label: string): number[] {
    return this.#notes.filter((note) => note.label === label).map((note) => note.at);
  }

  hasReturned(runId: string): boolean {
    return this.#returned.has(runId);
  }

  /** What the run's function returned, as JSON would carry it. */
  returned(runId: string): unknown {
    return this.#returned.get(runId);
  }

  fn(id: string, configuration: Configuration, handler: (input: Input) => Promise<unknown>): AnyFunction {
    const { triggers = [{ event: this.event(id) }], ...rest } = configuration;
    return this.client.createFunction(
      { id, triggers: [...triggers], ...rest } as Parameters<Inngest<{ id: string }>["createFunction"]>[0],
      async (context) => {
        const input = context as unknown as Input;
        this.note(`enter ${id}`, input.runId);
        const value = await handler(input);
        this.#returned.set(input.runId, JSON.parse(JSON.stringify(value ?? null)));
        return value;
      },
    ) as AnyFunction;
  }
}
