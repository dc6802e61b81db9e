import { chmod, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** What can go wrong with a batch, asked for by the words "Spoilt KIND" in the subjects of its mails. */
export type Spoilt = "fewer" | "foreign" | "shape" | "hang";

/** The same program, spoiling its answer about several mails; about one mail it answers as ever. */
const PROGRAM = `#!/usr/bin/env node
import { existsSync, mkdirSync } from "node:fs";
import { Readable } from "node:stream";
const here = (name) => new URL(name, import.meta.url).pathname;
let input = "";
for await (const chunk of process.stdin.setEncoding("utf8")) input += chunk;
const several = input.includes('"mails"');
const spoilt = several ? /Spoilt (\\w+)/.exec(input)?.[1] : undefined;
if (spoilt === "hang") await new Promise(() => setInterval(() => {}, 60_000));
if (existsSync(here("signed-out"))) {
  let first = several;
  try { if (several) mkdirSync(here("first-batch")); } catch { first = false; }
  if (!first) process.env.CLAUDE_STANDIN_FAIL = "not-logged-in";
}
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (text) => {
  if (!spoilt) return write(text);
  const envelope = JSON.parse(text);
  const { results } = envelope.structured_output;
  if (spoilt === "fewer") results.splice(2);
  if (spoilt === "foreign") { results[0].id = "m99"; results[1].id = results[2].id; }
  if (spoilt === "shape") envelope.structured_output = { results: "all of them are interested" };
  return write(JSON.stringify(envelope));
};
Object.defineProperty(process, "stdin", { value: Readable.from([Buffer.from(input)]) });
await import(here("real.mjs"));
`;

/** Puts that program in the place of the one a desk uses. `signOut` lets it answer one more batch, and then nothing. */
export async function spoilBatches(program: string): Promise<{
  signOut: () => Promise<void>;
  signIn: () => Promise<void>;
}> {
  const folder = path.dirname(program);
  await rename(program, path.join(folder, "real.mjs"));
  await writeFile(program, PROGRAM);
  await chmod(program, 0o755);
  const flag = path.join(folder, "signed-out");
  return { signOut: () => writeFile(flag, ""), signIn: () => rm(flag) };
}
