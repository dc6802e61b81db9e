// Runs a program that is not Node as a child that cannot outlive the launcher: run-program.cjs PROGRAM [ARGUMENTS]
const { spawn } = require("node:child_process");

const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] });
child.on("error", (error) => {
  console.error(`error: ${program} does not start: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
process.on("SIGTERM", () => child.kill("SIGTERM"));
process.on("exit", () => child.kill("SIGKILL"));
