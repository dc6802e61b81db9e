import { describe, expect, it } from "vitest";
import { everyDay } from "@/components/metrics/every-day";
import { pivot } from "@/components/metrics/pivot";
import { stagesOf } from "@/lib/metrics/funnel";
import { calibrationError, scoreAll, scoreCategories } from "@/lib/metrics/judge-categories";
import { column } from "@/lib/metrics/table";
import { writeCsv } from "@/lib/metrics/write-csv";

const PAIRS = [
  { predicted: "interested", correct: "interested", mails: 8 },
  { predicted: "interested", correct: "question", mails: 2 },
  { predicted: "question", correct: "question", mails: 2 },
];

describe("The classifier against people", () => {
  it("has precision over what it put in a category and recall over what belongs there", () => {
    const scores = Object.fromEntries(scoreCategories(PAIRS).map((score) => [score.category, score]));
    expect(scores.interested).toMatchObject({ precision: 0.8, recall: 1 });
    expect(scores.question).toMatchObject({ precision: 1, recall: 0.5 });
  });

  it("says how many were judged, and claims no accuracy over none", () => {
    expect(scoreAll(PAIRS)).toEqual({ judged: 12, right: 10, accuracy: 10 / 12 });
    expect(scoreAll([]).accuracy).toBeNull();
  });

  it("has no precision in a category it never named", () => {
    const [score] = scoreCategories([{ predicted: "other", correct: "bounce", mails: 1 }]).filter(
      ({ category }) => category === "bounce",
    );
    expect(score).toMatchObject({ precision: null, recall: 0 });
  });

  it("is off by the distance between being sure and being right, by mails", () => {
    const bins = [
      { bin: 9, mails: 10, correct: 5, confidence: 0.9 },
      { bin: 5, mails: 10, correct: 5, confidence: 0.5 },
    ];
    expect(calibrationError(bins)).toBeCloseTo(0.2);
    expect(calibrationError([])).toBeNull();
  });
});

describe("The funnel", () => {
  it("gives a share only between stages that count the same thing", () => {
    const row = {
      properties: 5,
      contacts: 10,
      enrolled: 5,
      sent: 4,
      delivered: 4,
      replied: 0,
      interested: 0,
      priced: 0,
    };
    const stages = stagesOf({ key: "all", search_id: null, name: "all", ...row });
    expect(stages.map(({ ofPrevious }) => ofPrevious)).toEqual([null, null, 0.5, 0.8, 1, 0, null, null]);
  });
});

describe("An export", () => {
  it("names units, writes plain numbers and leaves a spreadsheet nothing to run", () => {
    const columns = [
      column("name", "Search", "text"),
      column("time", "Half within", "ms"),
      column("change", "Effect", "signed-share"),
    ];
    const rows = [{ id: "1", cells: { name: '=HYPERLINK("http://x")', time: 1234.5678, change: -0.25 } }];
    expect([...writeCsv(columns, rows)].join("")).toBe(
      '\uFEFFSearch,Half within (ms),Effect (share)\r\n"\'=HYPERLINK(""http://x"")",1234.5678,-0.25\r\n',
    );
  });
});

describe("Lines from rows", () => {
  it("have one point per time and leave a gap where a series has no value", () => {
    const cells = (at: string, by: string, value: number | null) => ({
      id: at + by,
      cells: { at, by, value },
    });
    const { points, series } = pivot(
      [cells("1", "a b", 1), cells("1", "c", 2), cells("2", "c", null)],
      "at",
      "by",
      "value",
    );
    expect(points).toEqual([{ label: "1", "s-a-b": 1, "s-c": 2 }, { label: "2" }]);
    expect(series.map(({ key }) => key)).toEqual(["s-a-b", "s-c"]);
  });
});

describe("Bars per day", () => {
  it("stand for every day of the time, also those on which nothing happened", () => {
    const points = everyDay([{ label: "2031-03-01", sent: 4 }], "2031-02-28", "2031-03-02");
    expect(points).toEqual([
      { label: "2031-02-28" },
      { label: "2031-03-01", sent: 4 },
      { label: "2031-03-02" },
    ]);
  });
});
