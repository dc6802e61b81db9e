import { mkdtempSync, rmSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { LOCAL_PUBLISHABLE_KEY, LOCAL_SERVICE_KEY } from "@/lib/config/local-keys";
import { buildStackServer, startStackProcess } from "../stack/stack-process";

/**
 * Plans a campaign of 10,000 contacts on the embedded stack in a process of its own, as the product does, and takes the time of all that
 * the server does for one view of its approval page: every read the page makes, over HTTP, with one person's rights.
 * @returns `approval_page_p95_ms`
 */
export async function measureApprovalPage(): Promise<Readonly<Record<string, number>>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-approval-"));
  const server = await buildStackServer();
  const stack = await startStackProcess(server.file, {
    dataDir: folder,
    migrationsDir: "supabase/migrations",
    seedFile: "supabase/seed.sql",
    logLevel: "error",
    supabase: { port: await freePort(), publishableKey: LOCAL_PUBLISHABLE_KEY, secretKey: LOCAL_SERVICE_KEY },
  });
  try {
    const { stdout } = await execa(
      process.execPath,
      [
        "--conditions=react-server",
        "--import",
        "tsx",
        path.join(import.meta.dirname, "approval-page-run.ts"),
      ],
      {
        env: {
          SUPABASE_URL: stack.ready.supabaseUrl,
          SUPABASE_SERVICE_KEY: LOCAL_SERVICE_KEY,
          NODE_NO_WARNINGS: "1",
        },
        stderr: "inherit",
      },
    );
    return { approval_page_p95_ms: Number(stdout) };
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
