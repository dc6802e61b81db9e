import { startProject } from "./project/start-project";

const p = await startProject(process.argv[2] as "pglite", {
  migrationsDir: "/tmp/ssb/mig",
  schemas: ["public"],
  port: 55410,
});
console.log("READY");
process.on("SIGTERM", async () => {
  await p.stop();
  process.exit(0);
});
setInterval(() => {}, 1000);
