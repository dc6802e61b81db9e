import path from "node:path";
import { dataFlagsSchema } from "./data-flags";
import { restore } from "./restore";
import { runCommand } from "./run-command";

await runCommand(async () => {
  const flags = dataFlagsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
  const dataDir = path.join(flags.data, flags.demo ? "demo" : "desk");
  const { createdAt } = await restore({
    dataDir,
    file: flags.file,
    force: flags.force,
    migrationsDir: path.resolve("supabase/migrations"),
    databaseUrl: process.env.UPSTREAM_DATABASE_URL || undefined,
  });
  return `${dataDir} is as it was on ${createdAt}.`;
});
