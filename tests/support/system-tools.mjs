import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const POSTGRES = "/usr/lib/postgresql";

/**
 * The tests drive a real browser and a real Postgres. On Debian as root both are installed when missing; elsewhere a
 * missing one is named by the test that needs it.
 */
export function installSystemTools() {
  const missing = [];
  if (!process.env.CHROMIUM_PATH && !BROWSERS.some(existsSync)) missing.push("chromium");
  if (process.platform === "linux" && !(existsSync(POSTGRES) && readdirSync(POSTGRES).length > 0))
    missing.push("postgresql");
  if (
    missing.length === 0 ||
    process.platform !== "linux" ||
    process.getuid?.() !== 0 ||
    !existsSync("/usr/bin/apt-get")
  )
    return;
  console.log(`Installing ${missing.join(" and ")} ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-q"], { stdio: "ignore", env });
  spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...missing], {
    stdio: "inherit",
    env,
  });
}
