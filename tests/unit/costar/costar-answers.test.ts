import { describe, expect, test } from "vitest";
import { readListing, readOwner } from "@/lib/costar/answers";

describe("CoStar's answers", () => {
  test("are read in both shapes a listing has had", () => {
    const property = {
      PropertyId: 7,
      Address: "1 A St",
      City: "Chino",
      StateCode: "CA",
      PropertyType: "Industrial",
    };
    const rows = readListing({ properties: [property] });
    expect(readListing({ searchResult: { Pins: [property] } })).toEqual(rows);
    expect(rows[0]).toMatchObject({ costar_property_id: 7, address: "1 A St", state: "CA" });
    expect(readListing({ properties: [{ PropertyId: 8 }] })[0]?.address).toBe("CoStar property 8");
  });

  test("with another shape are an error, never an empty result", () => {
    expect(() => readListing({ items: [] })).toThrow("another shape");
    expect(() => readOwner({ data: { propertyDetail: {} } }, { state: "CA" })).toThrow("another shape");
    expect(() => readOwner({ errors: [{ message: "no" }] }, { state: "CA" })).toThrow("another shape");
  });

  test("give contacts with their zone, and leave an address that is none out", () => {
    const found = readOwner(
      {
        data: {
          propertyDetail: { propertyDetailHeader: { addressHeader: "1 A St", buildingSize: "27,800 SF" } },
          propertyContactDetails_info: {
            trueOwner: {
              companyId: 5,
              name: "Oak LLC",
              phoneNumbers: ["555"],
              contacts: [
                { personId: 1, name: "Ann Lee", email: "ann@oak.example" },
                { personId: 2, name: "Bob", email: "not an address", phoneNumbers: null },
              ],
            },
          },
        },
      },
      { state: "AZ" },
    );
    expect(found.header.buildingSf).toBe(27_800);
    expect(found.contacts).toMatchObject([
      { firstName: "Ann", email: "ann@oak.example", timeZone: "America/Phoenix" },
      { fullName: "Bob", email: null },
    ]);
  });
});
