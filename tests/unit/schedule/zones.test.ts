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
    ["a place with the first three digits of one", "TX", "799", "America/Denver"],
    ["Anchorage", "AK", "99501", "America/Anchorage"],
    ["Adak", "AK", "99546", "America/Adak"],
    ["Cameron on the Navajo Nation", "AZ", "86020", "America/Denver"],
    ["Lupton on the Navajo Nation", "AZ", "86508", "America/Denver"],
    ["Keams Canyon on the Hopi Reservation", "AZ", "86034", "America/Phoenix"],
    ["Miami", "FL", "33131", "America/New_York"],
    ["Marianna, west of the Apalachicola", "FL", "32446", "America/Chicago"],
    ["White Bird, north of the Salmon River", "ID", "83554", "America/Los_Angeles"],
    ["Riggins, south of it", "ID", "83549", "America/Denver"],
    ["Pollock, south of it", "ID", "83547", "America/Denver"],
    ["Evansville", "IN", "47708", "America/Chicago"],
    ["Santa Claus in Spencer County", "IN", "47579", "America/Chicago"],
    ["Hamlet in Starke County", "IN", "46532", "America/Chicago"],
    ["Jasper, Eastern again since 2007", "IN", "47546", "America/New_York"],
    ["South Bend", "IN", "46601", "America/New_York"],
    ["Goodland", "KS", "67735", "America/Denver"],
    ["Garden City", "KS", "67846", "America/Chicago"],
    ["Leitchfield", "KY", "42755", "America/Chicago"],
    ["Custer in Breckinridge County", "KY", "40115", "America/Chicago"],
    ["Monticello, Eastern since 2000", "KY", "42633", "America/New_York"],
    ["Louisville", "KY", "40202", "America/New_York"],
    ["Iron Mountain", "MI", "49801", "America/Chicago"],
    ["Marquette", "MI", "49855", "America/New_York"],
    ["Dickinson", "ND", "58601", "America/Denver"],
    ["Hebron, which shares Dickinson's prefix", "ND", "58638", "America/Chicago"],
    ["Beulah, Central since 2010", "ND", "58523", "America/Chicago"],
    ["Shields in Grant County", "ND", "58569", "America/Denver"],
    ["Bismarck", "ND", "58501", "America/Chicago"],
    ["Scottsbluff", "NE", "69361", "America/Denver"],
    ["Sidney", "NE", "69162", "America/Denver"],
    ["Merriman in the west of Cherry County", "NE", "69218", "America/Denver"],
    ["Valentine in its east", "NE", "69201", "America/Chicago"],
    ["North Platte", "NE", "69101", "America/Chicago"],
    ["West Wendover", "NV", "89883", "America/Denver"],
    ["Elko", "NV", "89801", "America/Los_Angeles"],
    ["Huntington, which shares Ontario's prefix", "OR", "97907", "America/Los_Angeles"],
    ["Portland", "OR", "97204", "America/Los_Angeles"],
    ["Mobridge, which shares Lemmon's prefix", "SD", "57601", "America/Chicago"],
    ["Philip", "SD", "57567", "America/Denver"],
    ["Hayes in Stanley County", "SD", "57537", "America/Denver"],
    ["Mission", "SD", "57555", "America/Chicago"],
    ["Sioux Falls", "SD", "57104", "America/Chicago"],
    ["Chattanooga", "TN", "37402", "America/New_York"],
    ["Sewanee, which shares its prefix", "TN", "37383", "America/Chicago"],
    ["Crab Orchard in Cumberland County", "TN", "37723", "America/Chicago"],
    ["Nashville", "TN", "37203", "America/Chicago"],
    ["Van Horn", "TX", "79855", "America/Chicago"],
    ["Sierra Blanca", "TX", "79851", "America/Denver"],
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
