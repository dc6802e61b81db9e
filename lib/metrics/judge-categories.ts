import type { Calibration, Confusion } from "./answers";

export interface CategoryScore {
  readonly category: string;
  /** Judged mails the classifier put here, that belong here, and both. */
  readonly predicted: number;
  readonly actual: number;
  readonly right: number;
  /** Of the mails put here, the share that belongs here; null where none was put here. */
  readonly precision: number | null;
  /** Of the mails that belong here, the share put here; null where none belongs here. */
  readonly recall: number | null;
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
const sum = (values: readonly { mails: number }[]) => values.reduce((all, { mails }) => all + mails, 0);

/** Precision and recall of each category that was predicted or right at least once, most mails first. */
export function scoreCategories(confusion: Confusion): CategoryScore[] {
  const names = [...new Set(confusion.flatMap(({ predicted, correct }) => [predicted, correct]))];
  return names
    .map((category) => {
      const predicted = sum(confusion.filter((pair) => pair.predicted === category));
      const actual = sum(confusion.filter((pair) => pair.correct === category));
      const right = sum(confusion.filter((pair) => pair.predicted === category && pair.correct === category));
      return {
        category,
        predicted,
        actual,
        right,
        precision: share(right, predicted),
        recall: share(right, actual),
      };
    })
    .sort((a, b) => b.actual + b.predicted - a.actual - a.predicted || a.category.localeCompare(b.category));
}

/** How many mails were judged, and the share of them the classifier had right. */
export function scoreAll(confusion: Confusion): { judged: number; right: number; accuracy: number | null } {
  const judged = sum(confusion);
  const right = sum(confusion.filter(({ predicted, correct }) => predicted === correct));
  return { judged, right, accuracy: share(right, judged) };
}

/** How far confidence and being right lie apart on average, 0 to 1, each bin by its mails; null without any. */
export function calibrationError(bins: Calibration): number | null {
  const all = sum(bins);
  if (all === 0) return null;
  return bins.reduce((off, bin) => off + Math.abs(bin.correct - bin.confidence * bin.mails), 0) / all;
}
