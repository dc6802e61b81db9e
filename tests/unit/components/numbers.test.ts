import { describe, expect, test } from "vitest";
import { formatCount, formatDuration, formatPercent, formatUsd } from "@/components/words/numbers";

describe("numbers read as the desk writes them", () => {
  test.each([
    [0, "0"],
    [12_400, "12,400"],
    [-3, "-3"],
    [null, "–"],
    [Number.NaN, "–"],
  ])("a count of %s is %s", (value, text) => expect(formatCount(value)).toBe(text));

  test.each([
    [4_500_000, "$4,500,000"],
    [1_000.6, "$1,001"],
    [999.995, "$1,000"],
    [999.99, "$999.99"],
    [250, "$250"],
    [0.42, "$0.42"],
    [0, "$0"],
    [-1_500, "-$1,500"],
    [undefined, "–"],
  ])("%s dollars are %s", (value, text) => expect(formatUsd(value)).toBe(text));

  test.each([
    [0, "0%"],
    [1, "100%"],
    [0.1234, "12.3%"],
    [0.0004, "<0.1%"],
    [0.9999, ">99.9%"],
    [0.999, "99.9%"],
    [1.25, "125.0%"],
    [null, "–"],
  ])("a share of %s is %s", (value, text) => expect(formatPercent(value)).toBe(text));

  test("a share can be asked for in whole per cent", () => {
    expect(formatPercent(0.154, 0)).toBe("15%");
    expect(formatPercent(0.004, 0)).toBe("<1%");
  });

  test.each([
    [0, "0 ms"],
    [840, "840 ms"],
    [999.7, "1 s"],
    [4_200, "4.2 s"],
    [9_970, "10 s"],
    [59_700, "1 min"],
    [185_000, "3 min 5 s"],
    [3_599_900, "1 h"],
    [8_040_000, "2 h 14 min"],
    [86_399_000, "1 d"],
    [273_600_000, "3 d 4 h"],
    [-1, "–"],
    [null, "–"],
  ])("%s ms are %s", (value, text) => expect(formatDuration(value)).toBe(text));
});
