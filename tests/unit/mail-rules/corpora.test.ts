import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findCorpora, readCorpus } from "../../corpus/corpus-files";
import { addCounts, type Counts, emptyCounts, measure } from "../../corpus/measure";

/** Mails of owners have labels and figures of their own; these floors are for machine mail and for cutting quotes. */
const OWNERS = "owner-replies";

/** Labelled mails of other projects; they are not part of this repository and lie beside it where they were fetched. */
const ROOT = path.resolve(import.meta.dirname, "../../../../shared/corpora");
const present = existsSync(ROOT);

async function measureAll(): Promise<Map<string, Counts>> {
  const measured = new Map<string, Counts>();
  for (const folder of findCorpora(ROOT).filter((folder) => path.basename(folder) !== OWNERS))
    measured.set(path.basename(folder), await measure(readCorpus(folder)));
  return measured;
}

const ratio = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);

describe.skipIf(!present)("on real mails collected by others (skipped where the corpora are absent)", () => {
  test("the promised floors hold", async () => {
    const measured = await measureAll();
    const all = [...measured.values()].reduce(addCounts, emptyCounts());
    expect(all.mails).toBeGreaterThan(0);
    expect(ratio(all.bouncesFound, all.bounces)).toBeGreaterThanOrEqual(0.98);
    expect(all.falsePositives).toBe(0);
    expect(ratio(all.recipientsExact, all.recipients)).toBeGreaterThanOrEqual(0.93);
    expect(ratio(all.hardSoftDecided, all.hardSoft)).toBeGreaterThanOrEqual(0.87);
    expect(ratio(all.hardSoftRight, all.hardSoftDecided)).toBeGreaterThanOrEqual(0.96);
    expect(ratio(all.autoRepliesFound, all.autoReplies)).toBeGreaterThanOrEqual(0.85);
    expect(all.autoRepliesFalse).toBe(0);
    expect(all.optOutsFalse).toBe(0);
    expect(ratio(all.replyTextExact, all.replyText)).toBeGreaterThanOrEqual(0.85);
    expect(ratio(all.replyHtmlExact, all.replyHtml)).toBeGreaterThanOrEqual(0.75);
    const discourse = measured.get("reply-discourse") ?? emptyCounts();
    expect(ratio(discourse.replyTextExact, discourse.replyText)).toBeGreaterThanOrEqual(0.8);
  }, 60_000);
});
