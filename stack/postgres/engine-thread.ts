import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { EngineFault } from "./engine-fault";

/** A connection to Postgres: bytes of the wire protocol in, the whole answer out. One message at a time. */
export interface Wire {
  /** @throws {EngineFault} when there is no answer within the time, or none any more. */
  exchange(message: Uint8Array, limitMs: number): Promise<Uint8Array>;
}

/** The embedded Postgres in a thread of its own, so that it can be stopped whatever it is doing. */
export interface EngineThread extends Wire {
  /** Ends it in the middle of anything. What it committed is on the disk; what it did not is undone at the next start. */
  terminate(): Promise<void>;
  /** Ends it in order. */
  close(): Promise<void>;
}

/**
 * With the 4 MB of a thread, WebAssembly runs out of stack long before Postgres notices (an endless loop or lost errors from
 * then on). With this much Postgres reaches its own `max_stack_depth` of 2 MB first and refuses the statement. Only what is used
 * is taken.
 */
const STACK_MB = 64;
/**
 * How long this thread waits for an answer with its arms folded. Most statements are answered by then, and a wake-up through the
 * event loop costs as much as a small one takes (433 reads a second without the thread, 385 through the loop, 467 this way).
 */
const BLOCK_MS = 2;
/** Longer than the recovery of a large folder after a power cut. */
const OPEN_LIMIT_MS = 170_000;

const START_PARAMS = [
  ...["-c", "wal_sync_method=fsync", "-c", "jit=off"],
  // The engine's statements take one row or a thousand, and its tables grow fast: they are planned for what they get.
  ...["-c", "plan_cache_mode=force_custom_plan"],
];

/** Starts handed to later ones: the module is the same for every folder. */
let compiled: WebAssembly.Module | undefined;

interface Opened {
  readonly compiled: WebAssembly.Module;
}
interface Waiting {
  answer(message: unknown): void;
  fail(error: Error): void;
}

/** Opens (or creates) the Postgres of a folder. @throws what PGlite says when it does not open. */
export async function startEngineThread(dataDir: string): Promise<EngineThread> {
  const bells = new SharedArrayBuffer(8);
  const rung = new Int32Array(bells);
  const { port1: port, port2: theirs } = new MessageChannel();
  const worker = new Worker(findWorkerFile(), {
    workerData: { dataDir, bells, port: theirs, startParams: START_PARAMS, ...(compiled && { compiled }) },
    transferList: [theirs],
    resourceLimits: { stackSizeMb: STACK_MB },
    execArgv: [],
  });
  let waiting: Waiting | undefined;
  let gone: EngineFault | undefined;
  const settle = (): Waiting | undefined => {
    const settled = waiting;
    waiting = undefined;
    return settled;
  };
  const lose = (fault: EngineFault): void => {
    gone ??= fault;
    settle()?.fail(gone);
  };
  port.on("message", (message: Uint8Array) => settle()?.answer(message));
  // What leaves WebAssembly as an exception is no error of a statement.
  worker.on("error", (cause) => lose(new EngineFault("internal", sayCause(cause), { cause })));
  worker.on("exit", () => lose(new EngineFault("lost", "Postgres ended")));

  const receive = (limitMs: number, late: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone);
      const own: Waiting = {
        answer: (message) => {
          clearTimeout(timer);
          resolve(message);
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      waiting = own;
      const timer = setTimeout(() => {
        // Its answer may already lie there, when it was this thread that had no time.
        setImmediate(() => waiting === own && settle()?.fail(new EngineFault("overrun", late)));
      }, limitMs);
    });
  const send = (message: Uint8Array | "close"): void => {
    port.postMessage(message);
    Atomics.add(rung, 0, 1);
    Atomics.notify(rung, 0);
  };
  const terminate = async (): Promise<void> => {
    port.close();
    await worker.terminate();
  };

  try {
    const opened = (await receive(OPEN_LIMIT_MS, "Postgres did not open in time")) as Opened;
    compiled ??= opened.compiled;
  } catch (error) {
    await terminate();
    throw error;
  }
  return {
    exchange: async (message, limitMs) => {
      if (gone) throw gone;
      const seen = Atomics.load(rung, 1);
      send(message);
      const isThere = Atomics.wait(rung, 1, seen, BLOCK_MS) !== "timed-out";
      const answer = isThere ? receiveMessageOnPort(port) : undefined;
      const bytes =
        answer?.message ?? (await receive(limitMs, "canceling statement due to statement timeout"));
      return bytes as Uint8Array;
    },
    terminate,
    close: async () => {
      if (gone) return;
      send("close");
      await receive(OPEN_LIMIT_MS, "Postgres did not close in time").catch((error: EngineFault) => {
        if (error.kind !== "lost") throw error;
      });
      await terminate();
    },
  };
}

/** Beside the sources or the bundle made from them; a program built elsewhere runs in the checkout. */
function findWorkerFile(): string {
  const name = path.join("stack", "postgres", "engine-worker.mjs");
  for (const start of [path.dirname(fileURLToPath(import.meta.url)), process.cwd()])
    for (let folder = start; ; folder = path.dirname(folder)) {
      const file = path.join(folder, name);
      if (existsSync(file)) return file;
      if (folder === path.dirname(folder)) break;
    }
  throw new Error(`${name} is missing`);
}

function sayCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
