import { startEngine } from "@/stack/engine";
import { openPglite } from "@/stack/postgres/open-pglite";

// One engine in a process of its own, so that a test can kill it: engine-process.ts <data folder> <port> <app url>
const [folder = "", port = "0", appUrl = ""] = process.argv.slice(2);
const db = await openPglite(folder);
const engine = await startEngine({
  db,
  port: Number(port),
  appUrls: [appUrl],
  retryDelayMs: () => 50,
  probeEveryMs: 50,
});
process.stdout.write(`listening ${engine.url}\n`);
