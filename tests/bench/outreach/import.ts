import { mkdtempSync, rmSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { LOCAL_PUBLISHABLE_KEY, LOCAL_SERVICE_KEY } from "@/lib/config/local-keys";
import { buildStackServer, startStackProcess } from "../stack/stack-process";

/**
 * Imports 50,000 rows on the embedded stack in a process of its own, durable: from the bytes of a CSV to every property, company
 * and contact saved, by the code the console and the engine run. Says on stderr what a page waits for meanwhile.
 * @returns `import_50k_s`
 */
export async function measureImport(): Promise<Readonly<Record<string, number>>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-import-"));
  const server = await buildStackServer();
  const port = await freePort();
  const stack = await startStackProcess(server.file, {
    dataDir: folder,
    migrationsDir: "supabase/migrations",
    seedFile: "supabase/seed.sql",
    logLevel: "error",
    supabase: { port, publishableKey: LOCAL_PUBLISHABLE_KEY, secretKey: LOCAL_SERVICE_KEY },
  });
  try {
    const { stdout } = await execa(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", path.join(import.meta.dirname, "import-run.ts")],
      {
        env: {
          SUPABASE_URL: stack.ready.supabaseUrl,
          SUPABASE_SERVICE_KEY: LOCAL_SERVICE_KEY,
          NODE_NO_WARNINGS: "1",
        },
        stderr: "inherit",
      },
    );
    return { import_50k_s: Number(stdout) };
  } finally {
    await stack.stop();
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
