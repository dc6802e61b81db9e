import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Installs packages when they are missing or the lock file is another one.
 * @param {string} root
 */
export function installPackages(root) {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  const marker = path.join(root, "node_modules", ".upstream-lock");
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  console.error("Installing packages (once; this takes a minute) ...");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    // A browser of their own is not wanted: the operator's or the system's Chromium is used.
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
  });
  if (result.status !== 0)
    throw new Error("npm ci failed; its messages are above. Mend that and start again.");
  writeFileSync(marker, lock);
}
