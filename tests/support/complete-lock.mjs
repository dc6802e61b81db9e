// node tests/support/complete-lock.mjs: run after changing dependencies.
// A package that comes as one binary per platform lists them all as optional. npm leaves those out of the lock that the
// machine at hand could not fetch, and `npm ci` then refuses the lock on every machine. This names them in the lock.
import { readFileSync, writeFileSync } from "node:fs";

const SYSTEMS = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "openharmony",
  "win32",
  "netbsd",
  "openbsd",
  "sunos",
  "aix",
];
const PROCESSORS = [
  "arm64",
  "x64",
  "arm",
  "ia32",
  "riscv64",
  "ppc64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
];

/** Adds what is missing; returns the names added. */
export function completeLock(lock) {
  const added = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = [`${place}/node_modules/${name}`, `node_modules/${name}`].some(
        (key) => lock.packages[key],
      );
      if (found) continue;
      const words = name.split(/[-/]/);
      const of = (list) =>
        list.filter((word) => words.includes(word) || words.some((part) => part === `${word}eabihf`));
      const os = of(SYSTEMS);
      const cpu = words.some((word) => word.startsWith("arm") && word !== "arm64") ? ["arm"] : of(PROCESSORS);
      lock.packages[`node_modules/${name}`] = {
        version: range.replace(/^[\^~]/, ""),
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
        ...(os.length ? { os } : {}),
        ...(cpu.length ? { cpu } : {}),
      };
      added.push(name);
    }
  }
  const [root, ...rest] = Object.entries(lock.packages);
  lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => (a < b ? -1 : 1))]);
  return added;
}

if (process.argv[1]?.endsWith("complete-lock.mjs")) {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const added = completeLock(lock);
  writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${added.length} added`);
}
