import { describe, expect, it } from "vitest";
import { clashesIfKept, diffLookups, type KnownLookup } from "@/lib/criteria/diff-lookups";
import { type LookupRow, MAX_LOOKUP_BYTES, readLookupFile } from "@/lib/criteria/read-lookup-file";

const read = (text: string) => readLookupFile(new TextEncoder().encode(text), "lookups");
const market = (id: number, name: string, marketFilter: boolean | null = null): LookupRow => ({
  kind: "market",
  id,
  name,
  marketFilter,
});

describe("A file of lookups", () => {
  it.each([
    [
      "lists of ids and names",
      '{"markets": [{"id": 825, "name": "Inland Empire"}], "propertyTypes": [{"id": 2, "name": "Industrial"}]}',
    ],
    ["names by id", '{"markets": {"825": "Inland Empire"}, "property_types": {"2": "Industrial"}}'],
    ["ids by name", '{"markets": {"Inland Empire": 825}, "propertyTypes": {"Industrial": 2}}'],
    [
      "one list",
      '[{"kind": "market", "id": 825, "name": "Inland Empire"}, {"kind": "property_type", "id": "2", "name": "Industrial"}]',
    ],
    ["CSV", "kind,id,name\nmarket,825,Inland Empire\nProperty Type,2,Industrial\n"],
    [
      "CSV from Excel",
      "\uFEFFKind;Id;Name\r\nMarkets;825;Inland Empire\r\nproperty_types;2;Industrial\r\n;;\r\n",
    ],
  ])("is read as %s", (_how, text) => {
    expect(read(text)).toEqual({
      rows: [
        market(825, "Inland Empire"),
        { kind: "property_type", id: 2, name: "Industrial", marketFilter: null },
      ],
      problems: [],
    });
  });

  it("without kinds holds markets", () => {
    expect(read("Market Key ID,Market\n825,Inland Empire").rows).toEqual([market(825, "Inland Empire")]);
  });

  it("says which row has which problem, and reads on", () => {
    const { rows, problems } = read(
      "kind,id,name,market_filter\nmarket,825,Inland Empire,yes\ncounty,1,X,\nmarket,1.5,Y,\nmarket,7,,\nmarket,825,Again,\nmarket,8,inland empire,\nmarket,9,12345,\nmarket,10,Z,maybe\nmarket,11,Boise,no",
    );
    expect(rows.map((row) => [row.name, row.marketFilter])).toEqual([
      ["Inland Empire", true],
      ["Boise", false],
    ]);
    expect(problems.map((problem) => problem.place)).toEqual([
      "row 3",
      "row 4",
      "row 5",
      "row 6",
      "row 7",
      "row 8",
      "row 9",
    ]);
    for (const { message } of problems) expect(message).toMatch(/\.$/);
  });

  it.each([
    ["nothing", "", /empty/],
    ["broken JSON", '{"markets": [', /not JSON/],
    ["something else as JSON", '{"buyer": {}}', /“buyer”/],
    ["a table without ids", "a,b\n1,2", /id and name/],
    ["too much", `id,name\n${"1,x\n".repeat(MAX_LOOKUP_BYTES / 4)}`, /too large/],
    ["only a header", "id,name\n", /no lookups/],
  ])("with %s in it is refused in words", (_what, text, words) => {
    expect(() => read(text)).toThrow(words);
  });
});

describe("What a file changes", () => {
  const known: KnownLookup[] = [
    { kind: "market", id: 1, name: "A", marketFilter: true, retired: false },
    { kind: "market", id: 2, name: "B", marketFilter: true, retired: false },
    { kind: "market", id: 3, name: "C", marketFilter: true, retired: false },
    { kind: "market", id: 4, name: "D", marketFilter: true, retired: true },
    { kind: "owner_type", id: 1, name: "REIT", marketFilter: true, retired: false },
  ];
  const uses = [{ kind: "market", id: 3, searches: [{ id: "s", name: "Open" }] }];

  it("is each of its lines once, and what it leaves out of its own kinds", () => {
    const changes = diffLookups(known, [market(1, "A2"), market(4, "D"), market(9, "New")], uses);
    expect(changes).toMatchObject({
      added: [{ id: 9 }],
      broughtBack: [{ id: 4 }],
      renamed: [{ id: 1, was: "A", name: "A2" }],
      changed: [],
      unchanged: 0,
      missing: [{ id: 2 }],
      kept: [{ id: 3, searches: [{ name: "Open" }] }],
    });
  });

  it("is nothing for a file that says what is known", () => {
    const changes = diffLookups(known, [market(1, "A"), market(2, "B", true), market(3, "C")], uses);
    expect(changes).toMatchObject({ added: [], renamed: [], changed: [], missing: [], unchanged: 3 });
  });

  it("names a name that belongs to another id, before anything is tried", () => {
    const rows = [market(9, "b"), market(10, "C")];
    const changes = diffLookups(known, rows, uses);
    expect(changes.clashes).toMatchObject([{ place: "id 10" }]);
    expect(clashesIfKept(changes, rows)).toMatchObject([{ place: "id 9" }]);
  });
});
