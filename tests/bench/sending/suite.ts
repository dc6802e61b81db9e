import { fork } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import type { Suite } from "../suite";

const figuresSchema = z.record(z.string(), z.number());

/**
 * The send path on native Postgres, through the product's own functions and the API; spacing is off. The functions are for
 * servers only, so they run in a process that says it is one.
 */
export const suite: Suite = {
  targets: {
    reserve_p95_ms: { unit: "ms", atMost: 20 },
    sends_per_s: { unit: "mails/s", atLeast: 150 },
    limit_granted: { unit: "mails", atLeast: 1000, atMost: 1000 },
    kill_switch_p95_ms: { unit: "ms", atMost: 1000 },
  },
  measure: () =>
    new Promise((resolve, reject) => {
      const child = fork(path.join(import.meta.dirname, "measure-process.ts"), {
        execArgv: ["--conditions=react-server", "--import", "tsx"],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      let figures: Record<string, number> | undefined;
      child.once("message", (message) => {
        figures = figuresSchema.parse(message);
      });
      child.once("exit", (code) =>
        figures ? resolve(figures) : reject(new Error(`measuring ended with ${code}`)),
      );
    }),
};
