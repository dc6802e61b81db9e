import path from "node:path";
import { type Child, type Stoppable, startChild } from "./child";

interface ConsoleProgram {
  readonly root: string;
  readonly port: number;
  /** Interface to listen on */
  readonly host?: string;
  readonly settings: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  readonly children: Stoppable[];
  /** Compiled as it is edited, not as it was built */
  readonly dev?: boolean;
}

/** Starts the console as a program of its own; it is the first to be stopped. */
export function startConsole({
  root,
  port,
  host = "127.0.0.1",
  settings,
  log,
  children,
  dev = false,
}: ConsoleProgram): Child {
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const child = startChild(
    root,
    [next, dev ? "dev" : "start", "-H", host, "-p", String(port)],
    { ...settings, NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" },
    (line) => {
      // Next's own banner says nothing a person needs; everything the product logs is JSON.
      if (line.startsWith("{") || /error|warn/i.test(line)) log(line);
    },
  );
  children.unshift(child);
  return child;
}
