import pino from "pino";

const LEVELS = { DEBUG: "debug", INFO: "info", WARNING: "warn", ERROR: "error" } as const;
export type LogLevel = keyof typeof LEVELS;

/**
 * Structured logs, one JSON line each; the launcher makes them readable on a terminal.
 * Credentials that could reach a log line through an object are cut out here.
 */
function createLogger(level: LogLevel, name: string) {
  return pino({
    name,
    level: LEVELS[level],
    redact: { paths: ["password", "*.password", "authorization", "*.authorization", "secret", "*.secret"] },
  });
}

const level = (process.env.LOG_LEVEL ?? "INFO") as LogLevel;
export const logger = createLogger(level in LEVELS ? level : "INFO", "upstream");
