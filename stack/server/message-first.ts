import type { Logger } from "pino";

type Log = (message: string, details?: Readonly<Record<string, unknown>>) => void;

/** pino takes details first; some parts of the stack put the message first. */
export function messageFirst(logger: Logger): Record<"debug" | "info" | "warn" | "error", Log> {
  const at =
    (level: "debug" | "info" | "warn" | "error"): Log =>
    (message, details = {}) =>
      logger[level](details, message);
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
