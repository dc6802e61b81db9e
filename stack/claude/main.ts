import { readStdin } from "./cli/read-stdin";
import { runCli } from "./cli/run-cli";

// The real program ends with 143 on SIGTERM and writes nothing.
process.once("SIGTERM", () => process.exit(143));

const { stdout, stderr, exitCode } = await runCli(process.argv.slice(2), process.env, readStdin);
if (stderr !== "") process.stderr.write(`${stderr}\n`);
if (stdout !== "") process.stdout.write(`${stdout}\n`);
process.exitCode = exitCode;
