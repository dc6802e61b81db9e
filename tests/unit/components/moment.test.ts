import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { describeDistance, describeMoment, describeMomentShort } from "@/components/words/moment";
import { Time } from "@/components/words/time";

const PT = "America/Los_Angeles";
const now = new Date("2026-11-03T18:00:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe("a moment names its zone", () => {
  test.each([
    ["2026-11-04T00:50:00Z", PT, "Tue 3 Nov 2026, 16:50 PST"],
    ["2026-07-01T07:04:00Z", PT, "Wed 1 Jul 2026, 00:04 PDT"],
    ["2026-11-04T00:50:00Z", "UTC", "Wed 4 Nov 2026, 00:50 UTC"],
  ])("%s in %s is %s", (iso, zone, text) => expect(describeMoment(new Date(iso), zone)).toBe(text));

  test("today needs only the clock, another day its date, another year its year", () => {
    expect(describeMomentShort(new Date("2026-11-04T00:50:00Z"), PT, now)).toBe("16:50 PST");
    expect(describeMomentShort(new Date("2026-11-05T17:04:00Z"), PT, now)).toBe("Thu 5 Nov 09:04 PST");
    expect(describeMomentShort(new Date("2025-11-03T17:04:00Z"), PT, now)).toBe("3 Nov 2025 09:04 PST");
  });
});

describe("how long ago is said in one unit", () => {
  test.each([
    [-10, "just now"],
    [12, "now"],
    [-70, "1 min ago"],
    [-59 * 60, "59 min ago"],
    [-3_590, "1 h ago"],
    [3 * 3600, "in 3 h"],
    [-23.7 * 3600, "1 d ago"],
    [-13 * 86_400, "13 d ago"],
    [-20 * 86_400, "14 Oct"],
    [-400 * 86_400, "29 Sep 2025"],
    [30 * 86_400, "3 Dec"],
  ])("%s s away is %s", (seconds, text) => expect(describeDistance(after(seconds), PT, now)).toBe(text));
});

describe("a time on the page", () => {
  const render = (props: Parameters<typeof Time>[0]) => renderToStaticMarkup(createElement(Time, props));

  test("carries the exact moment for machines and in full for the pointer", () => {
    const html = render({ iso: "2020-01-02T03:04:00Z", zone: PT });
    expect(html).toBe(
      '<time dateTime="2020-01-02T03:04:00Z" title="Wed 1 Jan 2020, 19:04 PST">1 Jan 2020</time>',
    );
  });

  test.each([null, undefined, "soon"])("that is %s is a dash", (iso) => {
    expect(render({ iso })).toBe("<span>–</span>");
  });
});
