import { ConfigError, type Env } from "@/lib/server/env";

type Settings = Pick<Env, "UPSTREAM_ROLE" | "RELAY_SECRET" | "RELAY_PUBLIC_URL" | "CONSOLE_URL">;

/** Where a process that is only a relay is reached and reports to; null for a whole console. */
export interface RelayRole {
  readonly publicUrl: string;
  readonly consoleUrl: string;
}

/** @throws {ConfigError} when a relay's settings leave it unprotected or unreachable. */
export function readRole(settings: Settings): RelayRole | null {
  if (settings.UPSTREAM_ROLE !== "relay") return null;
  const problems: string[] = [];
  const { RELAY_SECRET, RELAY_PUBLIC_URL: publicUrl, CONSOLE_URL: consoleUrl } = settings;
  if (!RELAY_SECRET)
    problems.push(
      "RELAY_SECRET is missing: a relay needs the same secret as its console (16 characters or more)",
    );
  if (!publicUrl)
    problems.push("RELAY_PUBLIC_URL is missing: the address at which the console reaches this relay");
  else if (new URL(publicUrl).origin === new URL(consoleUrl).origin)
    problems.push(`CONSOLE_URL is "${consoleUrl}": a relay reports to its console, not to itself`);
  if (problems.length > 0 || !publicUrl) throw new ConfigError(problems);
  return { publicUrl, consoleUrl };
}
