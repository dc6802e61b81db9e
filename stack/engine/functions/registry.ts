import type { FunctionConfig } from "./config";

export interface RegisteredApp {
  readonly id: string;
  readonly url: string;
  readonly framework: string | null;
  readonly sdk: string | null;
  readonly checksum: string;
  readonly createdAt: number;
  readonly syncedAt: number;
}

export interface TriggerMatch {
  readonly fn: FunctionConfig;
  /** Conditions of the function's triggers this event name meets, in order; undefined means unconditional. */
  readonly expressions: readonly (string | undefined)[];
}

/** The functions of all apps, in memory; the tables `engine.app` and `engine.function` are its copy. */
export class FunctionRegistry {
  readonly #apps = new Map<string, RegisteredApp>();
  readonly #byId = new Map<string, FunctionConfig>();
  readonly #bySlug = new Map<string, FunctionConfig>();
  #byEvent = new Map<string, TriggerMatch[]>();

  replaceApp(app: RegisteredApp, functions: readonly FunctionConfig[]): void {
    for (const fn of this.ofApp(app.id)) {
      this.#byId.delete(fn.id);
      this.#bySlug.delete(fn.slug);
    }
    for (const fn of functions) {
      this.#byId.set(fn.id, fn);
      this.#bySlug.set(fn.slug, fn);
    }
    this.#apps.set(app.id, app);
    this.#byEvent = new Map();
  }

  app(id: string): RegisteredApp | undefined {
    return this.#apps.get(id);
  }

  get apps(): RegisteredApp[] {
    return [...this.#apps.values()];
  }

  ofApp(appId: string): FunctionConfig[] {
    return [...this.#byId.values()].filter((fn) => fn.appId === appId);
  }

  byId(id: string): FunctionConfig | undefined {
    return this.#byId.get(id);
  }

  bySlug(slug: string): FunctionConfig | undefined {
    return this.#bySlug.get(slug);
  }

  /** Functions with a trigger for this event name, wildcards included. */
  triggeredBy(eventName: string): readonly TriggerMatch[] {
    const known = this.#byEvent.get(eventName);
    if (known) return known;
    const matches: TriggerMatch[] = [];
    for (const fn of this.#byId.values()) {
      const expressions = fn.triggers.flatMap((trigger) =>
        trigger.type === "event" && isMatch(trigger.event, eventName) ? [trigger.expression] : [],
      );
      if (expressions.length > 0) matches.push({ fn, expressions });
    }
    if (this.#byEvent.size > 10_000) this.#byEvent.clear();
    this.#byEvent.set(eventName, matches);
    return matches;
  }
}

function isMatch(pattern: string, eventName: string): boolean {
  return pattern === eventName || (pattern.endsWith("*") && eventName.startsWith(pattern.slice(0, -1)));
}
