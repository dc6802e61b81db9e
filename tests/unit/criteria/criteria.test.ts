import { describe, expect, test } from "vitest";
import { checkCriteria } from "@/lib/criteria/check-criteria";
import { checkPayloads } from "@/lib/criteria/check-payloads";
import { buyerCriteriaSchema } from "@/lib/criteria/criteria";
import { describeCriteria } from "@/lib/criteria/describe-criteria";
import { describePayload } from "@/lib/criteria/describe-payload";
import { diffPayloads } from "@/lib/criteria/diff-payloads";
import type { Lookups } from "@/lib/criteria/lookups";
import { COSTAR_UNITS, type CoStarPayload, costarPayloadSchema } from "@/lib/criteria/payload";

const LOOKUPS: Lookups = {
  markets: [
    { id: 825, name: "Inland Empire", marketFilter: true },
    { id: 605, name: "Los Angeles", marketFilter: true },
  ],
  propertyTypes: [
    { id: 2, name: "Industrial", marketFilter: true },
    { id: 7, name: "Flex", marketFilter: false },
  ],
  ownerTypes: [{ id: 3, name: "Individual", marketFilter: true }],
};

function payload(property: object = {}, filter: object = {}): CoStarPayload {
  return costarPayloadSchema.parse({
    "0": {
      Geography: { Filter: { FilterType: 132, Ids: [825] } },
      Property: { PropertyTypes: [2], ...property },
      ...filter,
    },
    "1": 500,
    "2": 1,
    "3": COSTAR_UNITS,
    "4": false,
    "5": [],
  });
}

describe("buyer criteria", () => {
  const good = {
    buyer: { name: "Cedar" },
    criteria: { name: "IE", propertyTypes: ["industrial"], markets: ["825"] },
  };

  test("take names in any case, or ids, and mean the same afterwards", () => {
    const checked = checkCriteria(good, LOOKUPS);
    expect(checked.ok && checked.criteria.criteria).toMatchObject({ propertyTypes: [2], markets: [825] });
    const mixed = { ...good, criteria: { ...good.criteria, markets: ["Inland Empire", 825] } };
    const both = checkCriteria(mixed, LOOKUPS);
    expect(both.ok && both.criteria.criteria.markets).toEqual([825]);
  });

  test("name every unknown market and type with its field and a suggestion", () => {
    const checked = checkCriteria(
      { ...good, criteria: { ...good.criteria, markets: ["Inland Empre", "Mars"], propertyTypes: [99] } },
      LOOKUPS,
    );
    expect(checked).toEqual({
      ok: false,
      problems: [
        {
          path: "criteria.markets.0",
          message: 'There is no market "Inland Empre". Did you mean Inland Empire?',
        },
        { path: "criteria.markets.1", message: 'There is no market "Mars". Import it in Settings first.' },
        {
          path: "criteria.propertyTypes.0",
          message: 'There is no property type "99". Import it in Settings first.',
        },
      ],
    });
  });

  test("are refused for anything that is not criteria at all", () => {
    for (const junk of [null, 7, "x", [], {}]) expect(checkCriteria(junk, LOOKUPS).ok).toBe(false);
    const upside = { ...good, criteria: { ...good.criteria, price: { min: 5, max: 1 } } };
    expect(checkCriteria(upside, LOOKUPS)).toMatchObject({ problems: [{ path: "criteria.price" }] });
  });
});

describe("payloads", () => {
  const named = (value: CoStarPayload) => ({ title: "Long holds", reasoning: "they sell", payload: value });

  test("with ids nobody knows, a type that cannot be filtered by market, or ranges upside down are refused by name", () => {
    const problems = checkPayloads(
      [
        named(payload({ OwnerTypes: [3, 999] })),
        named(payload({ PropertyTypes: [7] })),
        named(payload({ Building: { BuildingArea: { Minimum: sf(9), Maximum: sf(1) } } })),
        named(payload({}, { Geography: undefined })),
      ],
      LOOKUPS,
    );
    expect(problems).toEqual([
      'payload 1 ("Long holds"): there is no owner type 999',
      'payload 2 ("Long holds"): Flex (7) does not work with a market filter; use a bounding box',
      'payload 3 ("Long holds"): BuildingArea has a minimum above its maximum',
      'payload 4 ("Long holds"): needs a market or a bounding box',
    ]);
  });

  test("read as what they mean", () => {
    const facts = describePayload(
      payload({
        OwnerTypes: [3],
        Building: {
          BuildingArea: { Minimum: sf(20_000), Maximum: sf(120_000) },
          PercentLeased: { Maximum: "75" },
        },
        Loan: { MaturityDate: { Maximum: "2028-05-01T00:00:00Z" } },
      }),
      LOOKUPS,
    ).map(({ label, value }) => `${label}: ${value}`);
    expect(facts).toEqual([
      "Property types: Industrial",
      "Markets: Inland Empire",
      "Building size: 20,000 SF to 120,000 SF",
      "Leased: up to 75 %",
      "Owners: Individual",
      "Loan matures: up to 2028-05-01",
    ]);
  });

  test("name a market that is no longer in use, and say so", () => {
    const retired: Lookups = {
      ...LOOKUPS,
      markets: [{ id: 825, name: "Inland Empire", marketFilter: true, retired: true }],
    };
    expect(describePayload(payload(), retired)).toContainEqual({
      label: "Markets",
      value: "Inland Empire (retired)",
    });
    const unknown: Lookups = { ...LOOKUPS, markets: [] };
    expect(describePayload(payload(), unknown)).toContainEqual({ label: "Markets", value: "#825" });
    const criteria = { name: "West", propertyTypes: [2], markets: [825] };
    const facts = describeCriteria(
      buyerCriteriaSchema.parse({ buyer: { name: "Cedar" }, criteria }),
      retired,
    );
    expect(facts).toContainEqual({ label: "Markets", value: "Inland Empire (retired)" });
  });

  test("differ between revisions in the same words", () => {
    const before = [named(payload()), { ...named(payload()), title: "Old" }];
    const after = [
      named(payload({}, { Geography: { Filter: { FilterType: 132, Ids: [825, 605] } } })),
      { ...named(payload()), title: "Old" },
      { ...named(payload()), title: "New" },
    ];
    expect(diffPayloads(before, after, LOOKUPS)).toMatchObject([
      {
        kind: "changed",
        title: "Long holds",
        lines: ["Markets: Inland Empire → Inland Empire, Los Angeles"],
      },
      { kind: "added", title: "New" },
    ]);
    expect(diffPayloads(before, before.slice(0, 1), LOOKUPS)).toEqual([
      { kind: "removed", title: "Old", lines: [] },
    ]);
  });
});

test("payloads that were renamed and joined by another are told as what they were", () => {
  const named = (title: string, ids: number[]) => ({
    title,
    reasoning: "",
    payload: payload({}, { Geography: { Filter: { FilterType: 132, Ids: ids } } }),
  });
  const before = [
    named("Long holds: Industrial in Denver", [825]),
    named("Vacancy: Industrial in Denver", [825]),
  ];
  const after = [
    named("Sale-leaseback: Industrial in Denver", [825]),
    named("Vacancy (wider): Industrial in Denver", [825, 605]),
    named("Long holds (wider): Industrial in Denver", [825, 605]),
  ];
  expect(diffPayloads(before, after, LOOKUPS).map(({ title, kind }) => [title.split(":")[0], kind])).toEqual([
    ["Sale-leaseback", "added"],
    ["Vacancy (wider)", "changed"],
    ["Long holds (wider)", "changed"],
  ]);
});

function sf(value: number) {
  return { Value: value, Code: "[sft_i]" as const };
}
