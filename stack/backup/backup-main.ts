import path from "node:path";
import { LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { backUp } from "./back-up";
import { dataFlagsSchema } from "./data-flags";
import { runCommand } from "./run-command";

await runCommand(async () => {
  const flags = dataFlagsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
  const dataDir = path.join(flags.data, flags.demo ? "demo" : "desk");
  const size = await backUp({
    dataDir,
    file: flags.file,
    force: flags.force,
    apiUrl: `http://127.0.0.1:${flags.apiPort}`,
    secretKey: process.env.SUPABASE_SERVICE_KEY || LOCAL_SERVICE_KEY,
    databaseUrl: process.env.UPSTREAM_DATABASE_URL || undefined,
  });
  return `${flags.file}: ${(size / 1_000_000).toFixed(1)} MB, checked.`;
});
