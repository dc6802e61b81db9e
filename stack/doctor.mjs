// npm run doctor: everything that can go wrong before the first mail. Plain JavaScript, because nothing may be installed yet.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

function fail(message, code) {
  if (process.argv.includes("--json"))
    console.log(
      JSON.stringify({
        ok: false,
        checks: [
          { id: "start", group: "This computer", title: "Doctor", status: "mend", says: message, ms: 0 },
        ],
      }),
    );
  else console.error(message);
  process.exit(code);
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9))
  fail(`Node ${process.versions.node} is too old; install Node 20.9 or newer from nodejs.org.`, 1);

try {
  const { installPackages } = await import("./bootstrap/install.mjs");
  installPackages(root);
  const { bundleProgram } = await import("./bootstrap/bundle.mjs");
  await bundleProgram(root, "doctor", "lib/parts/doctor/main.ts");
} catch (error) {
  fail(error.message, 1);
}

const program = path.join(root, "build", "doctor.mjs");
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
