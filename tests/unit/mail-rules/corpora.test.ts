import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findCorpora, readCorpus } from "../../corpus/corpus-files";
import { addCounts, type Counts, emptyCounts, measure } from "../../corpus/measure";
import { measureOwners } from "../../corpus/measure-owners";
import { readOwnerCorpus } from "../../corpus/owner-files";
import { toOwnerReport } from "../../corpus/report";

/** Mails of owners have labels and figures of their own; the others are machine mail and the cutting of quotes. */
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

  test("owners are read right: nobody lost, nobody barred who did not ask for it, no number or day made up", async () => {
    const mails = readOwnerCorpus(path.join(ROOT, OWNERS));
    const figures = toOwnerReport(OWNERS, await measureOwners(mails ?? []));
    expect(figures.mails).toBeGreaterThan(0);
    expect(figures).toMatchObject({ opt_out_false: 0, to_person_missed: 0, asking_wrong: 0, date_wrong: 0 });
    expect(figures.opt_out_certain_recall).toBeGreaterThanOrEqual(0.95);
    expect(figures.own_words_exact).toBeGreaterThanOrEqual(0.95);
    expect(figures.asking_exact).toBeGreaterThanOrEqual(0.9);
    expect(figures.date_exact).toBeGreaterThanOrEqual(0.9);
    expect(figures.kind_right).toBeGreaterThanOrEqual(0.98);
    expect(figures.names_right).toBeGreaterThanOrEqual(0.8);
  }, 60_000);
});
