import { describe, expect, it } from "vitest";
import { writeCsvLine } from "@/lib/files/write-csv-line";
import { guessMapping, keepKnown, missingFields } from "@/lib/imports/columns";
import { countsSchema, describeImport } from "@/lib/imports/import-counts";
import { findColumns, readRow } from "@/lib/imports/read-row";
import { countReason, SKIP_REASONS, sayNote, sayReason } from "@/lib/imports/reason-words";

const COSTAR =
  "PropertyID,Property Address,City,State,Zip,Property Type,RBA,Land Area (AC),Year Built,Recorded Owner Name,True Owner Name,True Owner Contact,Title,Email,Phone".split(
    ",",
  );

function rowOf(values: Readonly<Record<string, string>>, labels = COSTAR) {
  return readRow(
    labels.map((label) => values[label] ?? ""),
    findColumns(guessMapping(labels), labels),
  );
}
const GOOD = { "Property Address": "1 Main St", City: "Ontario", State: "CA", Email: "ann@owner.test" };

describe("The columns of an export", () => {
  it("are found by the names CoStar gives them, the true owner before the recorded one", () => {
    expect(guessMapping(COSTAR)).toMatchObject({
      address: "Property Address",
      buildingSf: "RBA",
      landAcres: "Land Area (AC)",
      company: "True Owner Name",
      contactName: "True Owner Contact",
      email: "Email",
    });
  });

  it("are asked for when an address or an e-mail column is not to be found", () => {
    expect(missingFields(guessMapping(["Street", "Mail"]))).toEqual(["address", "email"]);
  });

  it("as remembered are used as far as they are still there", () => {
    expect(keepKnown({ address: "Street", email: "Mail" }, ["Street", "City"])).toEqual({
      address: "Street",
    });
  });
});

describe("A row", () => {
  it("becomes what the market is stored in", () => {
    const { facts, skip, noContact, notes } = rowOf({
      ...GOOD,
      PropertyID: "9000123",
      State: "California",
      Zip: "2134",
      RBA: "45,000 SF",
      "Land Area (AC)": "1.25",
      "Year Built": "1998",
      "True Owner Name": "  Acme   Holdings LLC ",
      "True Owner Contact": "Peña, María José",
      Email: "Ann <ANN@owner.test>; bob@owner.test",
      Phone: "(909) 555-0101",
    });
    expect({ skip, noContact, notes }).toEqual({ skip: null, noContact: null, notes: ["several_emails"] });
    expect(facts).toMatchObject({
      costarPropertyId: 9_000_123,
      state: "CA",
      zip: "02134",
      buildingSf: 45_000,
      landAcres: 1.25,
      yearBuilt: 1998,
      company: "Acme Holdings LLC",
      contactName: "María José Peña",
      firstName: "María",
      email: "ANN@owner.test",
      phone: "(909) 555-0101",
      timeZone: "America/Los_Angeles",
    });
  });

  it("with nothing where the address should be is skipped; without a usable e-mail address its property is kept", () => {
    expect(rowOf({ ...GOOD, "Property Address": " n/a " }).skip).toBe("no_address");
    for (const blank of ["", "  ", "N/A", "none", "-"])
      expect(rowOf({ ...GOOD, Email: blank })).toMatchObject({ skip: null, noContact: "no_email" });
    expect(rowOf({ ...GOOD, Email: "ann@@owner" })).toMatchObject({
      noContact: "bad_email",
      detail: "ann@@owner",
    });
  });

  it("never guesses at a number it cannot read, and says so", () => {
    const { facts, notes } = rowOf({
      ...GOOD,
      RBA: "about 40k",
      "Year Built": "soon",
      PropertyID: "A-12",
      Phone: "9.49556E+09",
    });
    expect(facts).toMatchObject({ buildingSf: null, yearBuilt: null, costarPropertyId: null, phone: null });
    expect(notes).toEqual(["no_name", "odd_buildingSf", "odd_yearBuilt", "odd_costarPropertyId"]);
    expect(rowOf({ ...GOOD, RBA: "99999999999999" }).notes).toContain("odd_buildingSf");
  });

  it("reads the year out of a day Excel made of it", () => {
    expect(rowOf({ ...GOOD, "Year Built": "1998-03-31" }).facts.yearBuilt).toBe(1998);
    expect(rowOf({ ...GOOD, "Year Built": "1998.0" }).facts.yearBuilt).toBe(1998);
  });

  it("keeps a formula as the text it is", () => {
    const { facts } = rowOf({ ...GOOD, "True Owner Name": '=HYPERLINK("http://x.test")' });
    expect(facts.company).toBe('=HYPERLINK("http://x.test")');
  });

  it.each([
    ["Dr. Ann Lee", "Ann Lee", "Ann"],
    ["Smith, John", "John Smith", "John"],
    ["John Smith, Jr.", "John Smith, Jr.", "John"],
    ["J. Smith", "J. Smith", ""],
    ["🏠 محمد", "🏠 محمد", "🏠"],
  ])("greets %s by the right name", (written, fullName, firstName) => {
    const { facts } = rowOf({ ...GOOD, "True Owner Contact": written });
    expect(facts).toMatchObject({ contactName: fullName, firstName: firstName || null });
  });

  it("takes first and last name from columns of their own", () => {
    const labels = ["Address", "Email", "First Name", "Last Name"];
    const read = rowOf(
      { Address: "1 Main", Email: "a@x.test", "First Name": "Ann", "Last Name": "van Dyke" },
      labels,
    );
    expect(read.facts).toMatchObject({ contactName: "Ann van Dyke", firstName: "Ann" });
  });

  it("without a name shows its e-mail address, and greets nobody by it", () => {
    expect(rowOf(GOOD)).toMatchObject({
      facts: { contactName: "ann@owner.test", firstName: null },
      notes: ["no_name"],
    });
  });
});

describe("What a person reads", () => {
  it("gives every reason as a sentence", () => {
    for (const reason of SKIP_REASONS) expect(sayReason(reason, "12")).toMatch(/^[A-Z].*\.$/);
    expect(sayReason("duplicate_row", "1200")).toMatch(/row 1,200\.$/);
    expect([countReason("no_email", 1200), countReason("duplicate_row", 1)]).toEqual([
      "1,200 rows have no e-mail address.",
      "1 row repeats an earlier row.",
    ]);
    expect(sayNote("odd_yearBuilt")).toMatch(/^[A-Z].*\.$/);
  });

  it("says what importing does before the button", () => {
    const counts = countsSchema.parse({ create: 1200, update: 1, newProperties: 900, knownProperties: 100 });
    expect(describeImport(counts)).toBe(
      "Importing adds 1,200 new contacts and fills blanks of 1 known contact, at 1,000 properties (900 new). Nobody is mailed before you approve the campaign.",
    );
    expect(describeImport(countsSchema.parse({ create: 0, known: 2, knownProperties: 2 }), 3)).toBe(
      "Importing takes 2 known contacts along and replaces 3 known values by the file's, at 2 properties (0 new). Nobody is mailed before you approve the campaign.",
    );
    expect(describeImport(countsSchema.parse({ create: 0 }))).toBe("No row of this file can be imported.");
  });

  it("is never run as a formula by the spreadsheet it is opened in", () => {
    expect(writeCsvLine(["=1+1", "@x", "-2", "+1 (909) 555", 'say "hi"', "a,b"])).toBe(
      `'=1+1,'@x,-2,+1 (909) 555,"say ""hi""","a,b"\r\n`,
    );
    expect(writeCsvLine(['-2+cmd|" /C calc"!A0'])).toMatch(/^"'-2/);
  });
});
