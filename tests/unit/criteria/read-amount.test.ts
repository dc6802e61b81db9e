import { describe, expect, it } from "vitest";
import { readAmount } from "@/lib/criteria/read-amount";

describe("amounts in the form", () => {
  it.each([
    ["4,500,000", 4_500_000],
    ["$4.5M", 4_500_000],
    ["4.35m", 4_350_000],
    ["$ 2 500 000", 2_500_000],
    ["50k", 50_000],
    ["1.2B", 1_200_000_000],
    ["6.25", 6.25],
    [".5", 0.5],
    ["0", 0],
    ["  12 ", 12],
  ])("reads %s as a broker means it", (typed, amount) => {
    expect(readAmount(typed)).toBe(amount);
  });

  it("tells nothing typed from something that is no number", () => {
    expect(readAmount("  ")).toBeUndefined();
    for (const typed of ["twenty", "4.5.6", "-3", "1,23", "$", "m", "10 x"])
      expect(readAmount(typed), typed).toBeNaN();
  });
});
