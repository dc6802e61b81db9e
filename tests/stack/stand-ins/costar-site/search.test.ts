import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { buildMarket } from "@/stack/costar-site/market/build-market";
import { MARKET_AREAS } from "@/stack/costar-site/market/market-areas";
import { Browser, inMarkets, payload, startSite } from "./browser";

const listing = z.object({
  totalCount: z.number(),
  properties: z.array(
    z.object({
      PropertyId: z.number(),
      City: z.string(),
      StateCode: z.string(),
      TrueOwner: z.string(),
      BuildingClass: z.string().nullable(),
      YearBuilt: z.number().nullable(),
    }),
  ),
});
const market = buildMarket({ seed: "upstream", year: 2026 });

let started: Awaited<ReturnType<typeof startSite>>;
let desk: Browser;

beforeAll(async () => {
  started = await startSite();
  desk = new Browser(started.site);
  await desk.signIn();
});
afterAll(async () => {
  await started.site.close();
});

async function search(query: unknown) {
  started.clock.nowMs += 1_000;
  const response = await desk.post("/bff2/property/search/list-properties", query);
  expect(response.status).toBe(200);
  expect(response.headers.get("x-stand-in")).toBe("costar");
  return listing.parse(await response.json());
}

function known(id: number) {
  const property = market.byId.get(id);
  if (!property) throw new Error(`no property ${id}`);
  return property;
}

describe("the invented market", () => {
  it("is the same on every start", () => {
    const again = buildMarket({ seed: "upstream", year: 2026 });
    expect(again.properties).toEqual(market.properties);
    expect(market.properties.length).toBeGreaterThan(2_400);
    expect(market.byId.size).toBe(market.properties.length);
  });

  it("covers all starter markets, with mail addresses that can reach nobody", () => {
    expect(new Set(market.properties.map((property) => property.marketId)).size).toBe(13);
    const contacts = new Map(
      market.properties.flatMap((property) =>
        property.owner.contacts.map((contact) => [contact.personId, contact]),
      ),
    );
    const emails = [...contacts.values()].map((contact) => contact.email).filter((email) => email !== null);
    expect(emails.every((email) => /^[^@\s]+@[a-z0-9-]+\.example$/.test(email))).toBe(true);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.length / contacts.size).toBeGreaterThan(0.7);
    expect(emails.length).toBeLessThan(contacts.size);
  });

  it("has owners with several properties", () => {
    const counts = new Map<number, number>();
    for (const { owner } of market.properties) {
      counts.set(owner.companyId, (counts.get(owner.companyId) ?? 0) + 1);
    }
    expect([...counts.values()].filter((count) => count > 1).length).toBeGreaterThan(500);
  });
});

describe("list-properties", () => {
  it("applies types, markets, area, year, classes, leased and owner types", async () => {
    const { properties } = await search(
      payload(
        {
          PropertyTypes: [2, 5],
          OwnerTypes: [3, 17, 20],
          LastSoldDate: { Maximum: "2016-06-01" },
          Building: {
            BuildingArea: { Minimum: { Value: 20_000, Code: "[sft_i]" } },
            BuildingClasses: ["B", "C"],
            PercentLeased: { Maximum: "99" },
            BuiltEventDate: { Maximum: { Month: 12, Year: "1995" } },
          },
        },
        inMarkets(825, 130),
      ),
    );
    const matching = market.properties.filter(
      (property) =>
        [2, 5].includes(property.kind.id) &&
        [825, 130].includes(property.marketId) &&
        [3, 17, 20].includes(property.owner.ownerType) &&
        property.lastSold !== null &&
        property.lastSold.atMs <= Date.UTC(2016, 5, 1) &&
        (property.buildingSf ?? 0) >= 20_000 &&
        ["B", "C"].includes(property.buildingClass ?? "") &&
        (property.percentLeased ?? 100) <= 99 &&
        property.yearBuilt !== null &&
        property.yearBuilt <= 1995,
    );
    expect(matching.length).toBeGreaterThan(0);
    expect(properties.map((property) => property.PropertyId)).toEqual(
      matching.map((property) => property.propertyId),
    );
  });

  it("applies loan filters, and a loan filter excludes what has no loan", async () => {
    const { properties } = await search(
      payload(
        {
          PropertyTypes: [2, 6, 11],
          Loan: {
            MaturityDate: { Minimum: "2027-01-01", Maximum: "2028-06-30" },
            LtvCurrent: { Minimum: "60" },
            DscrCurrent: { Maximum: "1.6" },
          },
        },
        inMarkets(605, 716),
      ),
    );
    expect(properties.length).toBeGreaterThan(3);
    for (const { PropertyId } of properties) {
      const { loan } = known(PropertyId);
      expect(loan?.maturityMs).toBeGreaterThanOrEqual(Date.UTC(2027, 0, 1));
      expect(loan?.maturityMs).toBeLessThanOrEqual(Date.UTC(2028, 5, 30));
      expect(loan?.ltvPercent).toBeGreaterThanOrEqual(60);
      expect(loan?.dscr).toBeLessThanOrEqual(1.6);
    }
  });

  it("applies a bounding box for types without a market filter", async () => {
    const area = MARKET_AREAS.find(({ name }) => name === "Phoenix");
    if (!area) throw new Error("no Phoenix");
    const { properties } = await search(
      payload(
        { PropertyTypes: [7] },
        {
          BoundingBox: {
            UpperLeft: { Latitude: area.latitude + 0.5, Longitude: area.longitude - 0.5 },
            LowerRight: { Latitude: area.latitude - 0.5, Longitude: area.longitude + 0.5 },
          },
        },
      ),
    );
    expect(properties.length).toBeGreaterThan(20);
    expect(properties.every((property) => property.StateCode === "AZ")).toBe(true);
  });

  it("pages without losing or repeating a property", async () => {
    const query = payload({ PropertyTypes: [2] }, inMarkets(605));
    const whole = await search(query);
    const paged: number[] = [];
    for (let page = 1; ; page += 1) {
      const { properties } = await search({ ...query, "1": 100, "2": page });
      paged.push(...properties.map((property) => property.PropertyId));
      if (properties.length < 100) break;
    }
    expect(paged).toEqual(whole.properties.map((property) => property.PropertyId));
    started.clock.nowMs += 1_000;
    const count = await desk.post("/bff2/property/search/count", query);
    expect(await count.json()).toEqual({ counts: { properties: paged.length } });
  });

  it.each([
    ["an unknown market", payload({ PropertyTypes: [2] }, inMarkets(999_999)), /market id: 999999/],
    ["an unknown property type", payload({ PropertyTypes: [99] }), /property type id: 99/],
    ["an unknown owner type", payload({ PropertyTypes: [2], OwnerTypes: [12] }), /owner type id: 12/],
    ["a market filter on Flex", payload({ PropertyTypes: [7] }, inMarkets(825)), /bounding|does not work/],
    ["another shape", { "0": {} }, /Property/],
  ])("answers 400 for %s", async (_what, query, message) => {
    started.clock.nowMs += 1_000;
    const response = await desk.post("/bff2/property/search/list-properties", query);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(message);
  });

  it("answers 429 to the eleventh request of a second, and 200 again after it", async () => {
    started.clock.nowMs += 1_000;
    const query = payload({ PropertyTypes: [2] }, inMarkets(825));
    const statuses: number[] = [];
    for (let call = 0; call < 11; call += 1) {
      statuses.push((await desk.post("/bff2/property/search/count", query)).status);
    }
    expect(statuses).toEqual([...Array(10).fill(200), 429]);
    started.clock.nowMs += 1_000;
    expect((await desk.post("/bff2/property/search/count", query)).status).toBe(200);
  });
});

describe("ContactsDetail", () => {
  const request = (propertyId: number) => ({
    operationName: "ContactsDetail",
    query: "query ContactsDetail($propertyId: Int!) { propertyDetail(propertyId: $propertyId) { x } }",
    variables: { propertyId },
  });

  it("names the true owner and its contacts", async () => {
    started.clock.nowMs += 1_000;
    const property = market.properties.find(({ owner }) => owner.contacts.length === 3);
    if (!property) throw new Error("no owner with three contacts");
    const response = await desk.post("/graphql", request(property.propertyId));
    const { data } = await response.json();
    expect(data.propertyDetail.propertyDetailHeader).toMatchObject({
      propertyId: property.propertyId,
      buildingSize: property.buildingSf,
    });
    expect(data.propertyContactDetails_info.trueOwner).toMatchObject({
      companyId: property.owner.companyId,
      name: property.owner.name,
      contacts: property.owner.contacts,
    });
  });

  it("answers errors for a property that does not exist", async () => {
    started.clock.nowMs += 1_000;
    const response = await desk.post("/graphql", request(1));
    expect(await response.json()).toMatchObject({ data: null, errors: [{ message: expect.any(String) }] });
  });
});
