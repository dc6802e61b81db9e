import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const FOLDER = path.dirname(fileURLToPath(import.meta.url));

/** The script as Windows Script Host runs it; committed, so that an operator's PC builds nothing. */
export const HOST_FILE = path.join(FOLDER, "outlook-host.js");

const BANNER = `// Generated from host/ by \`npx tsx lib/mailbox/outlook/bundle-host.ts\`. Do not edit.
// The Outlook host for classic Outlook on Windows: cscript.exe //Nologo //E:JScript outlook-host.js REQUEST.json
// One JSON request in the file, one line of ASCII JSON on standard output; contract.ts is the contract.`;

/**
 * Bundles the typed sources into one JScript file: ES3 syntax and ASCII only (esbuild's es5 prints no syntax that ES3
 * lacks once the source has none; a test parses the result as ES3).
 */
export async function bundleHost(): Promise<string> {
  const result = await build({
    absWorkingDir: FOLDER,
    entryPoints: ["host/main.mts"],
    bundle: true,
    write: false,
    format: "iife",
    target: "es5",
    charset: "ascii",
    banner: { js: BANNER },
    logLevel: "error",
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error("esbuild wrote no host file");
  return file.text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(HOST_FILE, await bundleHost());
