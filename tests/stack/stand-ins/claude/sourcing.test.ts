import { describe, expect, it } from "vitest";
import { checkPayloads } from "@/lib/criteria/check-payloads";
import type { SourcingAnswer } from "@/lib/criteria/sourcing-answer";
import { buildMarket } from "@/stack/costar-site/market/build-market";
import { matchesPayload } from "@/stack/costar-site/search/match-property";
import { readPayload } from "@/stack/costar-site/search/read-payload";
import { lookups, SOURCING_PROMPT, sourcing } from "./claude-under-test";

const market = buildMarket({ seed: "upstream", year: 2026 });

function learningsPrompt(...lines: string[]): string {
  return `${SOURCING_PROMPT}\n## LEARNINGS FROM PAST RUNS (APPLY THESE)\n${lines.join("\n")}\n\n## Output\nJSON.\n`;
}

function marketIds(answer: SourcingAnswer): number[] {
  return [
    ...new Set(answer.payloads.flatMap(({ payload }) => payload["0"].Geography?.Filter.Ids ?? [])),
  ].sort();
}

function typeIds(answer: SourcingAnswer): number[] {
  return [...new Set(answer.payloads.flatMap(({ payload }) => payload["0"].Property.PropertyTypes))];
}

function buildings(answer: SourcingAnswer) {
  return answer.payloads.map(({ payload }) => payload["0"].Property.Building);
}

describe("sourcing-agent by rules", () => {
  it("writes several focused payloads that CoStar takes, and finds 15 to 150 contacts in one", async () => {
    const answer = await sourcing({ price: { min: 5_000_000, max: 15_000_000 }, markets: ["Inland Empire"] });
    expect(answer.payloads.length).toBeGreaterThanOrEqual(3);
    expect(checkPayloads(answer.payloads, lookups)).toEqual([]);
    const counts = answer.payloads.map(({ payload }) => {
      const found = market.properties.filter((property) =>
        matchesPayload(property, readPayload(payload)["0"]),
      );
      return new Set(
        found.flatMap(({ owner }) =>
          owner.contacts.filter(({ email }) => email !== null).map(({ personId }) => personId),
        ),
      ).size;
    });
    expect(Math.max(...counts)).toBeLessThanOrEqual(150);
    expect(counts.filter((count) => count >= 15).length).toBeGreaterThanOrEqual(3);
  });

  it("uses a market filter only for the types that take one", async () => {
    const answer = await sourcing({ propertyTypes: ["Industrial", "Flex"] });
    for (const { payload } of answer.payloads) {
      const filter = payload["0"];
      const needsBox = filter.Property.PropertyTypes.some((id) => ![1, 2, 5, 6, 11].includes(id));
      expect(filter.Geography === undefined).toBe(needsBox);
      expect(filter.BoundingBox !== undefined).toBe(needsBox);
    }
    expect(typeIds(answer)).toEqual([2, 7]);
  });

  it("takes size, class and tenancy from the criteria, and strategies choose the plays", async () => {
    const answer = await sourcing({
      sizeSf: { min: 20_000, max: 80_000 },
      assetClasses: ["B"],
      tenancy: ["single"],
      strategies: ["sale-leaseback", "loan maturity"],
    });
    for (const building of buildings(answer)) {
      expect(building).toMatchObject({
        BuildingArea: { Minimum: { Value: 20_000 }, Maximum: { Value: 80_000 } },
        BuildingClasses: ["B"],
        Tenancy: [1],
      });
    }
    expect(answer.payloads.some(({ payload }) => payload["0"].Property.Building?.IsOwnerOccupied)).toBe(true);
    expect(answer.payloads[0]?.payload["0"].Property.Loan?.MaturityDate).toEqual({
      Minimum: "2027-06-01",
      Maximum: "2028-06-01",
    });
  });

  it("takes markets and types by id or by name", async () => {
    const answer = await sourcing({ markets: [130, "Phoenix"], propertyTypes: [6] });
    expect(marketIds(answer)).toEqual([130, 776]);
    expect(typeIds(answer)).toEqual([6]);
  });

  it("applies the prompt's learnings and names them", async () => {
    const prompt = learningsPrompt(
      '- "Too narrow, add OC" → Expanded LA to LA+OC (contacts: 89 → 234)',
      '- "Industrial buyers also like flex"',
    );
    const answer = await sourcing({}, {}, prompt);
    expect(marketIds(answer)).toEqual([130, 605]);
    expect(typeIds(answer)).toEqual([2, 7]);
    expect(answer.strategy).toContain('Applied the learning "Too narrow, add OC"');
    expect(answer.payloads.every(({ reasoning }) => reasoning.includes("also like flex"))).toBe(true);
  });

  it("does not carry a learning to a search it does not fit, and says so", async () => {
    const prompt = learningsPrompt('- "Too narrow, add OC" → x', '- "Industrial buyers also like flex" → y');
    const answer = await sourcing({ markets: ["Denver"], propertyTypes: ["Retail"] }, {}, prompt);
    expect(marketIds(answer)).toEqual([332]);
    expect(typeIds(answer)).toEqual([6]);
    expect(answer.strategy).toContain("does not fit this search");
  });

  it.each([
    ["add Orange County", (answer: SourcingAnswer) => expect(marketIds(answer)).toEqual([130, 605])],
    ["OC please", (answer: SourcingAnswer) => expect(marketIds(answer)).toEqual([130, 605])],
    ["drop LA and add San Diego", (answer: SourcingAnswer) => expect(marketIds(answer)).toEqual([861])],
    ["also flex", (answer: SourcingAnswer) => expect(typeIds(answer)).toEqual([2, 7])],
    [
      "at least 50k SF",
      (answer: SourcingAnswer) =>
        expect(buildings(answer).every((building) => building?.BuildingArea?.Minimum?.Value === 50_000)).toBe(
          true,
        ),
    ],
    [
      "smaller buildings",
      (answer: SourcingAnswer) =>
        expect(buildings(answer).every((building) => (building?.BuildingArea?.Maximum?.Value ?? 0) > 0)).toBe(
          true,
        ),
    ],
    [
      "older than 1990",
      (answer: SourcingAnswer) =>
        expect(
          buildings(answer).every((building) => building?.BuiltEventDate?.Maximum?.Year === "1990"),
        ).toBe(true),
    ],
    [
      "no REITs",
      (answer: SourcingAnswer) => {
        const owners = answer.payloads[0]?.payload["0"].Property.OwnerTypes ?? [];
        expect(owners).toContain(20);
        expect(owners.filter((id) => id === 2 || id === 19)).toEqual([]);
      },
    ],
    [
      "only private owners",
      (answer: SourcingAnswer) =>
        expect(answer.payloads[0]?.payload["0"].Property.OwnerTypes).toEqual([3, 17, 18, 20]),
    ],
    [
      "cast it wider please",
      (answer: SourcingAnswer) => {
        expect(answer.payloads.length).toBe(5);
        expect(answer.payloads[0]?.payload["0"].Property.Loan?.MaturityDate?.Maximum).toBe("2029-06-01");
      },
    ],
  ])('visibly applies the feedback "%s"', async (feedback, check) => {
    const previous = await sourcing();
    const revision = await sourcing({}, { previous, feedback });
    check(revision);
    expect(checkPayloads(revision.payloads, lookups)).toEqual([]);
    expect(revision).not.toEqual(previous);
    expect(revision.strategy).toContain(`Applied the feedback "${feedback}"`);
  });

  it("keeps what earlier feedback changed in the next revision", async () => {
    const first = await sourcing();
    const second = await sourcing({}, { previous: first, feedback: "add OC, no REITs, wider" });
    const third = await sourcing({}, { previous: second, feedback: "at least 50k SF" });
    expect(marketIds(third)).toEqual([130, 605]);
    expect(third.payloads[0]?.payload["0"].Property.OwnerTypes).toEqual(
      second.payloads[0]?.payload["0"].Property.OwnerTypes,
    );
    expect(third.payloads[0]?.title).toContain("(wider)");
    expect(buildings(third)[0]?.BuildingArea?.Minimum?.Value).toBe(50_000);
  });

  it("says that words it does not understand changed nothing", async () => {
    const previous = await sourcing();
    const revision = await sourcing({}, { previous, feedback: "The buyer likes blue doors" });
    expect(revision.payloads).toEqual(previous.payloads);
    expect(revision.strategy).toContain(
      'Kept the feedback "The buyer likes blue doors" in mind; it changed no filter.',
    );
  });

  it("does not empty a search on request", async () => {
    const previous = await sourcing();
    const revision = await sourcing({}, { previous, feedback: "skip Los Angeles" });
    expect(marketIds(revision)).toEqual([605]);
    expect(revision.strategy).toContain("was not followed");
  });

  it("gives the same answer to the same input", async () => {
    expect(await sourcing()).toEqual(await sourcing());
  });
});
