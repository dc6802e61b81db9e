import path from "node:path";
import { decideByRules } from "@/lib/mail-rules/decide-by-rules";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { type CorpusMail, findCorpora, readCorpus } from "./corpus-files";
import { addCounts, type Counts, emptyCounts, measure } from "./measure";
import { measureOwners } from "./measure-owners";
import { readOwnerCorpus } from "./owner-files";
import {
  type CorpusReport,
  type OwnerReport,
  toOwnerReport,
  toOwnerTable,
  toReport,
  toTable,
} from "./report";
import { toSource } from "./wrap-body";

const USAGE = `Usage: npm run corpus -- DIR [--json] [--misses] [--speed]
Measures the rules for inbound mail on labelled mails. DIR is a corpus (a folder with expected.jsonl) or a folder of such.
  --json    print one JSON object: corpora (one object per corpus), halves, speed
  --misses  also list what was decided otherwise than expected, of all mails given
  --speed   also measure mails parsed and decided per second`;

/** Reads and decides every mail again and again for about two seconds. */
async function measureSpeed(mails: CorpusMail[]): Promise<number | null> {
  if (mails.length === 0) return null;
  const sources = mails.map(toSource);
  for (const source of sources) decideByRules(await parseMail(source));
  const started = performance.now();
  let decided = 0;
  while (performance.now() - started < 2_000) {
    for (const source of sources) {
      decideByRules(await parseMail(source));
      decided += 1;
    }
  }
  return Math.round(decided / ((performance.now() - started) / 1_000));
}

async function main(args: string[]): Promise<number> {
  const root = args.find((arg) => !arg.startsWith("--"));
  if (!root) {
    console.error(USAGE);
    return 2;
  }
  const folders = findCorpora(path.resolve(root));
  if (folders.length === 0) {
    console.error(`No expected.jsonl in ${root} or in a folder of it.`);
    return 2;
  }
  const corpora: CorpusReport[] = [];
  const owners: OwnerReport[] = [];
  const misses: string[] = [];
  let [tuned, heldOut]: [Counts, Counts] = [emptyCounts(), emptyCounts()];
  const everything: CorpusMail[] = [];
  for (const folder of folders) {
    const written = readOwnerCorpus(folder);
    if (written) {
      const counts = await measureOwners(written);
      owners.push(toOwnerReport(path.basename(folder), counts));
      misses.push(...counts.misses.map((miss) => `${path.basename(folder)}/${miss}`));
      continue;
    }
    const mails = readCorpus(folder);
    everything.push(...mails);
    const name = path.basename(folder);
    const [seen, unseen] = [
      await measure(mails.filter((one) => !one.heldOut)),
      await measure(mails.filter((one) => one.heldOut)),
    ];
    [tuned, heldOut] = [addCounts(tuned, seen), addCounts(heldOut, unseen)];
    corpora.push(toReport(name, "all", addCounts(seen, unseen)));
    misses.push(...[...seen.misses, ...unseen.misses].map((miss) => `${name}/${miss}`));
  }
  const halves = [
    toReport("everything", "all", addCounts(tuned, heldOut)),
    toReport("everything", "tuned", tuned),
    toReport("everything", "held_out", heldOut),
  ];
  const mailsPerSecond = args.includes("--speed") ? await measureSpeed(everything) : null;
  if (args.includes("--json")) {
    console.log(
      JSON.stringify({ corpora: [...corpora, ...owners], halves, mails_per_second: mailsPerSecond }, null, 2),
    );
    return 0;
  }
  if (corpora.length > 0) console.log(toTable([...corpora, ...halves]));
  if (owners.length > 0) console.log(`\n${toOwnerTable(owners)}`);
  if (mailsPerSecond !== null) console.log(`\n${mailsPerSecond} mails a second, parsed and decided`);
  if (args.includes("--misses")) console.log(`\n${misses.join("\n")}`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
