import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayIn, daysBefore, metricsQuerySchema, readView, saySpan, viewHref } from "@/lib/metrics/view";

const TODAY = "2031-05-07";
const read = (query: Record<string, string>) => readView(metricsQuerySchema.parse(query), TODAY);

describe("The view of an address", () => {
  it("is the last 30 days where nothing is said, today included", () => {
    expect(read({})).toMatchObject({ from: "2031-04-08", to: TODAY, days: 30 });
  });

  it("takes any two days, and turns them around where the first is the later", () => {
    expect(read({ from: "2031-02-01", to: "2031-01-01" })).toMatchObject({
      from: "2031-01-01",
      to: "2031-02-01",
      days: null,
    });
  });

  it("goes on without what it does not understand", () => {
    expect(read({ from: "31/12/2030", days: "many", search: "x", agent: "<b>" })).toEqual(read({}));
  });

  it("comes back as it was from the address it writes", () => {
    const dates = fc.integer({ min: -400, max: 400 }).map((days) => daysBefore(TODAY, days));
    fc.assert(
      fc.property(
        dates,
        dates,
        fc.option(fc.constantFrom("Reno, NV", "A & B + C"), { nil: undefined }),
        (from, to, market) => {
          const view = readView(metricsQuerySchema.parse({ from, to, market }), TODAY);
          const query = Object.fromEntries(
            new URL(viewHref("/metrics", view), "http://desk.test").searchParams,
          );
          expect(readView(metricsQuerySchema.parse(query), TODAY)).toEqual(view);
        },
      ),
    );
  });

  it("says its time in words", () => {
    expect(saySpan(read({ days: "7" }))).toBe("the last 7 days");
    expect(saySpan(read({ from: "2031-01-01", to: "2031-01-31" }))).toBe("2031-01-01 to 2031-01-31");
  });
});

describe("The day of the desk", () => {
  it("is the one of its zone, not of UTC", () => {
    expect(dayIn("America/Los_Angeles", new Date("2031-05-08T03:00:00Z"))).toBe("2031-05-07");
  });
});
