import { runOnStack } from "./run-on-stack";

/**
 * Imports 50,000 rows: from the bytes of a CSV to every property, company and contact saved, by the code the console and the
 * engine run. Says on stderr what a page waits for meanwhile.
 * @returns `import_50k_s`
 */
export async function measureImport(): Promise<Readonly<Record<string, number>>> {
  return { import_50k_s: await runOnStack("import-run.ts") };
}
