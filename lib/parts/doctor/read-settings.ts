import { ConfigError, type Env, parseEnv } from "@/lib/server/env";

type Source = Readonly<Record<string, string | undefined>>;

export interface Settings {
  readonly env: Env;
  readonly problems: readonly string[];
  /** The environment the product's own modules may read: without what cannot be used, with the launcher's defaults */
  readonly usable: Record<string, string | undefined>;
}

/** Reads the settings as `npm start` does. A value that cannot be used is named and then counts as not set. */
export function readSettings(given: Source): Settings {
  const usable: Record<string, string | undefined> = {
    ...given,
    CONSOLE_URL: given.CONSOLE_URL || localUrl(given.UPSTREAM_PORT, 3000),
    SUPABASE_URL: given.SUPABASE_URL || localUrl(given.UPSTREAM_API_PORT, 55_321),
    INNGEST_BASE_URL: given.INNGEST_BASE_URL || localUrl(given.UPSTREAM_ENGINE_PORT, 8288),
  };
  const problems: string[] = [];
  for (;;) {
    try {
      return { env: parseEnv(usable), problems, usable };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const names = error.problems.map((problem) => problem.split(" ")[0] ?? "");
      // Nothing more to take away: the same lines would come for ever.
      if (names.every((name) => usable[name] === undefined)) throw error;
      problems.push(...error.problems);
      for (const name of names) usable[name] = undefined;
    }
  }
}

function localUrl(port: string | undefined, usual: number): string {
  return `http://127.0.0.1:${/^\d+$/.test(port ?? "") ? port : usual}`;
}
