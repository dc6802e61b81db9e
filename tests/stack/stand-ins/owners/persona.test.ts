import { describe, expect, it } from "vitest";
import { buildMarket } from "@/stack/costar-site/market/build-market";
import { PERSONA_KINDS, personaOf } from "@/stack/owners/persona";

const addresses = [
  ...new Set(
    buildMarket({ seed: "upstream", year: 2026 }).properties.flatMap(({ owner }) =>
      owner.contacts.flatMap(({ email }) => (email ? [email] : [])),
    ),
  ),
];

describe("personas", () => {
  it("are the same for the same address, however it is written", () => {
    expect(personaOf("Jane.Doe@Owner.example ", "demo")).toEqual(personaOf("jane.doe@owner.example", "demo"));
    expect(addresses.some((address) => personaOf(address, "a").kind !== personaOf(address, "b").kind)).toBe(
      true,
    );
  });

  it("leave about a third of all mail unanswered, and every kind exists", () => {
    const kinds = addresses.map((address) => personaOf(address, "demo").kind);
    const silent = kinds.filter((kind) => kind === "silent").length / kinds.length;
    expect(silent).toBeGreaterThan(0.3);
    expect(silent).toBeLessThan(0.4);
    expect(new Set(kinds).size).toBe(PERSONA_KINDS.length);
  });

  it("show most kinds in a campaign of 20 contacts", () => {
    const perCampaign: number[] = [];
    for (let start = 0; start + 20 <= addresses.length; start += 20) {
      const kinds = addresses.slice(start, start + 20).map((address) => personaOf(address, "demo").kind);
      perCampaign.push(new Set(kinds).size);
    }
    const average = perCampaign.reduce((sum, size) => sum + size, 0) / perCampaign.length;
    expect(average).toBeGreaterThan(PERSONA_KINDS.length * 0.6);
  });

  it("let some answer only the second mail", () => {
    const late = addresses.filter((address) => personaOf(address, "demo").answersStep === 2);
    expect(late.length / addresses.length).toBeGreaterThan(0.1);
    expect(late.length / addresses.length).toBeLessThan(0.3);
  });
});
