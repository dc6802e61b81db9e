import { runHost } from "./run-host";

const { line, exitCode } = await runHost(process.argv.slice(2), process.env);
process.stdout.write(`${line}\n`);
// Not process.exit: a long list must drain into a slow pipe first.
process.exitCode = exitCode;
