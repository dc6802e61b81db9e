import { describe, expect, test } from "vitest";
import { hashPayload, readCount } from "@/lib/costar/count-payload";
import { COSTAR_UNITS, type CoStarPayload } from "@/lib/criteria/payload";

const payload = (change: Partial<CoStarPayload> = {}): CoStarPayload => ({
  "0": {
    Geography: { Filter: { FilterType: 132, Ids: [825] } },
    Property: { PropertyTypes: [2], OwnerTypes: [1] },
  },
  "1": 500,
  "2": 1,
  "3": COSTAR_UNITS,
  "4": true,
  "5": [],
  ...change,
});

describe("a payload's count", () => {
  test("is kept for the question, whatever page is meant and however it is written", () => {
    const turned = {
      Property: { OwnerTypes: [1], PropertyTypes: [2] },
      Geography: { Filter: { Ids: [825], FilterType: 132 as const } },
    };
    expect(hashPayload(payload({ "0": turned, "1": 50, "2": 7 }))).toBe(hashPayload(payload()));
    expect(hashPayload(payload({ "0": { Property: { PropertyTypes: [5] } } }))).not.toBe(
      hashPayload(payload()),
    );
    expect(hashPayload(payload({ "4": false }))).not.toBe(hashPayload(payload()));
  });

  test("is read where CoStar writes it, and never guessed", () => {
    expect(readCount({ counts: { properties: 234 } })).toBe(234);
    expect(() => readCount({ counts: {} })).toThrow("another shape");
    expect(() => readCount({ counts: { properties: -1 } })).toThrow("another shape");
  });
});
