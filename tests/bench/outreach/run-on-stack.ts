import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { LOCAL_PUBLISHABLE_KEY, LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { freePort } from "../../stack/supabase/support/free-port";
import { buildStackServer, startStackProcess } from "../stack/stack-process";

/**
 * Runs a program of this folder, as a server, beside the embedded stack in a process of its own: durable, on the product's
 * migrations and an empty desk.
 * @returns the number it printed.
 */
export async function runOnStack(program: string): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-outreach-"));
  const server = await buildStackServer();
  const stack = await startStackProcess(server.file, {
    dataDir: folder,
    migrationsDir: "supabase/migrations",
    seedFile: "supabase/seed.sql",
    logLevel: "error",
    supabase: { port: await freePort(), publishableKey: LOCAL_PUBLISHABLE_KEY, secretKey: LOCAL_SERVICE_KEY },
  });
  try {
    const file = path.join(import.meta.dirname, program);
    const { stdout } = await execa(process.execPath, ["--conditions=react-server", "--import", "tsx", file], {
      env: {
        SUPABASE_URL: stack.ready.supabaseUrl,
        SUPABASE_SERVICE_KEY: LOCAL_SERVICE_KEY,
        NODE_NO_WARNINGS: "1",
      },
      stderr: "inherit",
    });
    return Number(stdout);
  } finally {
    await stack.stop();
    server.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
