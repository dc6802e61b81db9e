// The thread that owns the embedded Postgres: bytes of the wire protocol in, bytes out. Plain JavaScript, because a thread
// starts from a file whatever runs the rest (tests, a bundle, a command).
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** PGlite's folder file system has no fsync of its own; without it a power cut can lose commits. */
class DurableNodeFS extends NodeFS {
  async init(...args) {
    const result = await super.init(...args);
    const options = result.emscriptenOpts;
    options.preRun ??= [];
    options.preRun.push((module) => {
      const nodefs = module.NODEFS ?? module.FS.filesystems.NODEFS;
      nodefs.stream_ops.fsync = (stream) => {
        if (stream.nfd !== undefined) fs.fdatasyncSync(stream.nfd);
        return 0;
      };
    });
    return result;
  }
}

/** Compiling takes half of a start; a thread that replaces another is handed what was compiled. */
async function compile() {
  const main = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return WebAssembly.compile(await fs.promises.readFile(path.join(path.dirname(main), "pglite.wasm")));
}

/**
 * Talks to Postgres without PGlite's own loop, which takes every exception out of WebAssembly for an ordinary error of a
 * statement and goes on with an engine that is broken.
 * @param {PGlite} db
 * @returns {(message: Uint8Array) => Uint8Array} throws when the engine is no longer to be trusted.
 */
function talkTo(db) {
  const module = db.Module;
  let asked = new Uint8Array(0);
  let readAt = 0;
  let answered = [];
  const read = (at, atMost) => {
    const length = Math.min(asked.length - readAt, atMost);
    module.HEAPU8.set(asked.subarray(readAt, readAt + length), at);
    readAt += length;
    return length;
  };
  const write = (at, length) => {
    answered.push(module.HEAPU8.slice(at, at + length));
    return length;
  };
  module._pgl_set_rw_cbs(module.addFunction(read, "ipi"), module.addFunction(write, "ipi"));
  return (message) => {
    asked = message;
    readAt = 0;
    answered = [];
    while (readAt < asked.length || module._pq_buffer_remaining_data() > 0) {
      const stack = module.stackSave();
      try {
        module._PostgresMainLoopOnce();
      } catch (error) {
        // How an error of a statement leaves the depths of Postgres; anything else is the engine itself.
        if (error?.status !== db.POSTGRES_MAIN_LONGJMP) throw error;
        module.stackRestore(stack);
        module._PostgresMainLongJmp();
      }
    }
    module._PostgresSendReadyForQueryIfNecessary();
    module._pgl_pq_flush();
    return answered.length === 1 ? answered[0] : new Uint8Array(Buffer.concat(answered));
  };
}

const { dataDir, startParams, bells, port, compiled = await compile() } = workerData;
const db = await PGlite.create({
  fs: new DurableNodeFS(dataDir),
  pgliteWasmModule: compiled,
  startParams: [...PGlite.defaultStartParams.filter((param) => param !== "-F"), ...startParams],
  extensions: { pgcrypto, pg_trgm, citext },
});
const talk = talkTo(db);
port.postMessage({ compiled });

// A thread that waits on a bell wakes in half the time its event loop would take (25 µs less for every statement).
const rung = new Int32Array(bells);
for (let heard = 0, isOpen = true; isOpen; ) {
  Atomics.wait(rung, 0, heard);
  heard = Atomics.load(rung, 0);
  for (let told = receiveMessageOnPort(port); told; told = receiveMessageOnPort(port)) {
    if (told.message === "close") isOpen = false;
    else {
      const answer = talk(told.message);
      port.postMessage(answer, [answer.buffer]);
      Atomics.add(rung, 1, 1);
      Atomics.notify(rung, 1);
    }
  }
}
await db.close();
port.postMessage("closed");
port.close();
