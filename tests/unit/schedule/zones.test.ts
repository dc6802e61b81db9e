import { describe, expect, test } from "vitest";
import { zoneOf } from "@/lib/campaigns/candidate";
import { isKnownZone, US_ZONES, zipOfAddress, zoneOfPlace } from "@/lib/schedule/zones";

describe("the zone a contact is mailed in", () => {
  test.each([
    ["El Paso", "TX", "79901", "America/Denver"],
    ["Houston", "TX", "77002", "America/Chicago"],
    ["Pensacola", "FL", "32501-1234", "America/Chicago"],
    ["Port St. Joe", "FL", "32456", "America/New_York"],
    ["Knoxville", "TN", "37902", "America/New_York"],
    ["Tullahoma", "TN", "37388", "America/Chicago"],
    ["Gary", "IN", "46402", "America/Chicago"],
    ["Indianapolis", "IN", "46204", "America/New_York"],
    ["Bowling Green", "KY", "42101", "America/Chicago"],
    ["Rapid City", "SD", "57701", "America/Denver"],
    ["Coeur d'Alene", "ID", "83814", "America/Los_Angeles"],
    ["Boise", "ID", "83702", "America/Denver"],
    ["Ontario", "OR", "97914", "America/Denver"],
    ["Window Rock", "AZ", "86515", "America/Denver"],
    ["Phoenix", "az ", "85004", "America/Phoenix"],
    ["a place without a ZIP code", "TX", null, "America/Chicago"],
  ])("is %s's own", (_place, state, zip, zone) => {
    expect(zoneOfPlace({ state, zip })).toBe(zone);
  });

  test("is one every computer knows", () => {
    expect(US_ZONES.filter((zone) => !isKnownZone(zone))).toEqual([]);
  });

  test("is their own, else the property's, else the company's, else the campaign's", () => {
    const nobody = {
      timeZone: null,
      propertyState: null,
      propertyZip: null,
      companyState: null,
      companyAddress: null,
    };
    expect(zoneOf(nobody, "America/Denver")).toBe("America/Denver");
    const company = { ...nobody, companyState: "TX", companyAddress: "1 Mesa St, El Paso, TX 79901" };
    expect(zoneOf(company, "America/New_York")).toBe("America/Denver");
    const property = { ...company, propertyState: "CA", propertyZip: "92614" };
    expect(zoneOf(property, "America/New_York")).toBe("America/Los_Angeles");
    expect(zoneOf({ ...property, timeZone: "America/Chicago" }, "UTC")).toBe("America/Chicago");
  });

  test("follows the ZIP code where the contact's own zone was only read from the state", () => {
    const found = {
      timeZone: "America/Chicago",
      propertyState: "TX",
      propertyZip: "79901",
      companyState: null,
      companyAddress: null,
    };
    expect(zoneOf(found, "UTC")).toBe("America/Denver");
  });

  test("reads a ZIP code only at the end of an address", () => {
    expect(zipOfAddress("12345 Main St, Reno, NV 89501-0001, USA")).toBe("89501");
    expect(zipOfAddress("12345 Main St, Reno")).toBeUndefined();
  });
});
