// npm start: from a fresh clone to a running desk. Plain JavaScript, because nothing is installed yet.
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readFlags, USAGE } from "./bootstrap/flags.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

function fail(message, code) {
  console.error(message);
  process.exit(code);
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9))
  fail(`Node ${process.versions.node} is too old; install Node 20.9 or newer.`, 1);

let flags;
try {
  flags = readFlags(process.argv.slice(2), process.env);
} catch (error) {
  fail(error.message, 2);
}
if (flags.help) {
  console.log(USAGE);
  process.exit(0);
}

try {
  const { installPackages } = await import("./bootstrap/install.mjs");
  installPackages(root);
  const { buildIfChanged } = await import("./bootstrap/build.mjs");
  await buildIfChanged(root, flags);
} catch (error) {
  fail(error.message, 1);
}

const launcher = spawn(process.execPath, [path.join(root, "build", "launcher.mjs"), JSON.stringify(flags)], {
  cwd: root,
  stdio: "inherit",
});
// A terminal sends Ctrl-C to the whole group and the launcher cleans up; a signal to this process alone is passed on.
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    if (signal === "SIGTERM" || !process.stdin.isTTY) launcher.kill(signal);
  });
launcher.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
