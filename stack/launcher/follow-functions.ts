import { watch } from "node:fs";
import path from "node:path";
import type { Stoppable } from "./child";

/** An editor writes a file more than once; the last write counts. */
const QUIET_MS = 150;

/**
 * While a durable function is edited: has the console tell the engine anew what functions there are, so that a changed
 * trigger or limit counts without a restart. A changed body needs none of this; it is compiled when it is next called.
 */
export function followFunctions(root: string, consoleUrl: string): Stoppable {
  let timer: NodeJS.Timeout | undefined;
  const tell = () =>
    fetch(`${consoleUrl}/api/inngest`, { method: "PUT", signal: AbortSignal.timeout(30_000) }).catch(
      // Half-written code does not compile; the next write is another try.
      () => undefined,
    );
  const watcher = watch(path.join(root, "inngest"), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void tell(), QUIET_MS);
  });
  return {
    stop: async () => {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
