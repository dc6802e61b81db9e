import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readDataFlags } from "./data-flags.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * Installs what is missing, bundles one typed program and runs it with its flags.
 * @param {"backup" | "restore"} name
 * @param {string} usage
 */
export async function runTyped(name, usage) {
  try {
    const flags = readDataFlags(process.argv.slice(2), process.env);
    if (flags.help) return console.log(usage);
    const { installPackages } = await import("./install.mjs");
    installPackages(root);
    const { bundleProgram } = await import("./bundle.mjs");
    await bundleProgram(root, name, `stack/backup/${name}-main.ts`);
    const program = path.join(root, "build", `${name}.mjs`);
    const words = { ...flags, file: path.resolve(flags.file), data: path.resolve(flags.data) };
    const { status } = spawnSync(process.execPath, [program, JSON.stringify(words)], {
      cwd: root,
      stdio: "inherit",
    });
    process.exitCode = status ?? 1;
  } catch (error) {
    console.error(error.message);
    process.exitCode = 2;
  }
}
