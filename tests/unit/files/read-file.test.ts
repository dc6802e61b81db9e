import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { MAX_TEXT_BYTES } from "@/lib/files/limits";
import type { RawRow } from "@/lib/files/raw-row";
import { readImportFile } from "@/lib/files/read-file";
import { findHeader } from "@/lib/imports/find-header";
import { stageRow } from "@/lib/imports/stage-row";
import { makeWorkbook, makeZip, SHEET_PARTS } from "../imports/make-workbook";

const HEADER = "Property Address,City,Email";

async function read(
  content: string | Buffer,
  name = "export.csv",
): Promise<{ readAs: string; rows: RawRow[] }> {
  const file = await readImportFile(typeof content === "string" ? Buffer.from(content) : content, name);
  const rows: RawRow[] = [];
  for await (const row of file.rows) rows.push(row);
  return { readAs: file.readAs, rows };
}
const cellsOf = async (content: string | Buffer) => (await read(content)).rows.map((row) => row.cells);

describe("A text export", () => {
  it("is read in every encoding Excel and CoStar write, with and without a byte-order mark", async () => {
    const text = `${HEADER}\r\n1 Niño Way,Peñasco,ann@x.test`;
    const latin = Buffer.from(text, "latin1");
    const utf16 = Buffer.from(text, "utf16le");
    for (const [bytes, encoding] of [
      [Buffer.from(text), "UTF-8"],
      [Buffer.from(`\uFEFF${text}`), "UTF-8"],
      [Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), "UTF-16"],
      [Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), "UTF-16"],
      [utf16, "UTF-16"],
      [Buffer.from(utf16).swap16(), "UTF-16"],
      [latin, "Windows-1252"],
    ] as const) {
      const { readAs, rows } = await read(bytes);
      expect(readAs).toBe(`CSV in ${encoding}`);
      expect(rows.map((row) => row.cells)).toEqual([
        HEADER.split(","),
        ["1 Niño Way", "Peñasco", "ann@x.test"],
      ]);
    }
  });

  it("keeps Windows' own characters: “quotes” and the euro", async () => {
    const bytes = Buffer.concat([Buffer.from("A,B\n"), Buffer.from([0x93, 0x80, 0x94]), Buffer.from(",x")]);
    expect(await cellsOf(bytes)).toEqual([
      ["A", "B"],
      ["“€”", "x"],
    ]);
  });

  it("may have commas, tabs, semicolons or pipes between its cells", async () => {
    for (const between of [",", "\t", ";", "|"])
      expect(await cellsOf(["A,B,C", "1,2,3"].join("\n").replaceAll(",", between))).toEqual([
        ["A", "B", "C"],
        ["1", "2", "3"],
      ]);
  });

  it("loses one row, not the rest, to a quote that is never closed at row 40,000", async () => {
    const lines = Array.from(
      { length: 50_000 },
      (_, index) => `${index} Main St,Ontario,"owner${index}@x.test"`,
    );
    lines[39_998] = '39998 Main St,"Ontario,owner39998@x.test';
    const { rows } = await read([HEADER, ...lines].join("\n"));
    expect(rows).toHaveLength(50_001);
    const broken = rows.filter((row) => row.problem);
    expect(broken).toMatchObject([{ row: 40_000, problem: "broken_row" }]);
    expect(rows.at(-1)).toMatchObject({
      row: 50_001,
      cells: ["49999 Main St", "Ontario", "owner49999@x.test"],
    });
  });

  it("loses one row to an open quote even when no other quote follows", async () => {
    const { rows } = await read(
      `${HEADER}\n1 A St,"Ontario,a@x.test\n2 B St,Rialto,b@x.test\n3 C St,Carson,c@x.test\n`,
    );
    expect(rows.map((row) => row.problem ?? row.cells[0])).toEqual([
      "Property Address",
      "broken_row",
      "2 B St",
      "3 C St",
    ]);
  });

  it("takes a stray inch mark for what it is", async () => {
    const { rows } = await read(`${HEADER}\n1 A St,Pipe 5" wide,a@x.test\n2 B St,Rialto,b@x.test`);
    expect(rows.map((row) => row.cells[1])).toEqual(["City", 'Pipe 5" wide', "Rialto"]);
    expect(rows.every((row) => row.problem === undefined)).toBe(true);
  });

  it("keeps lines within a cell, and numbers rows as Excel does, blank ones counted", async () => {
    const { rows } = await read(`${HEADER}\n"1 Main\nSuite 2",Ontario,a@x.test\n\n2 B St,Rialto,b@x.test`);
    expect(rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [1, "Property Address"],
      [2, "1 Main\nSuite 2"],
      [3, ""],
      [4, "2 B St"],
    ]);
  });

  it("keeps emoji and names written from right to left as they are", async () => {
    expect(await cellsOf("A,B\n🏢 Tower,شركة العقارات")).toEqual([
      ["A", "B"],
      ["🏢 Tower", "شركة العقارات"],
    ]);
  });

  it("may be compressed, and may not unpack to more than fits", async () => {
    expect((await read(gzipSync("A,B\n1,2"), "x.csv")).rows).toHaveLength(2);
    const bomb = gzipSync(Buffer.alloc(MAX_TEXT_BYTES + 1_000, "a"));
    await expect(read(bomb)).rejects.toMatchObject({ name: "Refused", status: 413 });
  });

  it.each([
    ["empty", Buffer.alloc(0), /is empty/],
    ["a PDF", Buffer.from("%PDF-1.7"), /PDF/],
    ["an old or protected Excel file", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), /\.xls/],
    ["a web page named .csv", Buffer.from("\uFEFF<html><table>"), /web page/],
    ["JSON", Buffer.from('{"buyer": {}}'), /JSON/],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 2, 3]), /not a list as text/],
  ])("that is %s is refused in words that help", async (_what, bytes, words) => {
    await expect(read(bytes)).rejects.toThrow(words);
  });
});

describe("A workbook", () => {
  const rows = [
    ["Property Address", "Zip", "Year Built", "Email"],
    ["1 Main St", 2134, new Date(Date.UTC(1998, 2, 31)), "=1+1"],
  ];

  it("is read whatever its ending is, with numbers and days as a person sees them", async () => {
    const { readAs, rows: read_ } = await read(makeWorkbook(rows), "really.csv");
    expect(readAs).toBe("Excel, sheet “Export”");
    expect(read_.map((row) => row.cells)).toEqual([rows[0], ["1 Main St", "2134", "1998-03-31", "=1+1"]]);
  });

  it("that claims to unpack to more than fits is not unpacked", async () => {
    const bomb = makeZip(SHEET_PARTS([]), { "xl/worksheets/sheet1.xml": 900 * 1_048_576 });
    await expect(read(bomb, "bomb.xlsx")).rejects.toMatchObject({
      status: 413,
      message: expect.stringMatching(/900 MB/),
    });
  });

  it("that hides how much it unpacks to is found out", async () => {
    const parts = { ...SHEET_PARTS([]), "xl/worksheets/sheet1.xml": "a".repeat(5_000_000) };
    const bomb = makeZip(parts, { "xl/worksheets/sheet1.xml": 1_000 });
    await expect(read(bomb, "bomb.xlsx")).rejects.toMatchObject({ name: "Refused", status: 413 });
  });

  it("that is cut off, or another archive, is refused in words", async () => {
    const whole = makeWorkbook(rows);
    await expect(read(whole.subarray(0, whole.length - 40), "cut.xlsx")).rejects.toThrow(/damaged/);
    await expect(read(makeZip({ "photo.txt": "x" }), "photos.xlsx")).rejects.toThrow(/no Excel workbook/);
  });
});

describe("A header", () => {
  const header = (...lines: string[][]) =>
    findHeader(
      lines.map((cells, index) => ({ row: index + 1, cells })),
      "x.csv",
    );

  it("is found below titles, by the names it holds", () => {
    expect(header(["Harbor Point export", "", ""], ["", "", ""], ["Address", "City", "Email"])).toMatchObject(
      { row: 3 },
    );
  });

  it("gives columns of one name, and of none, names to tell them apart", () => {
    expect(header(["Email", "", "email", "Address"]).labels).toEqual([
      "Email",
      "Column 2",
      "email (2)",
      "Address",
    ]);
  });

  it("of one column is refused, as is a file without rows", () => {
    expect(() => header(["Email"])).toThrow(/one column/);
    expect(() => header(["", ""])).toThrow(/no rows/);
  });
});

describe("A row that is kept", () => {
  it("never holds a cell of 100,000 characters, and says so", () => {
    const staged = stageRow({ row: 7, cells: ["1 Main St", "x".repeat(100_000)] }, 2);
    expect(staged).toMatchObject({
      row_no: 7,
      problem: "long_cell",
      detail: "100,000 characters in column 2",
    });
    expect(JSON.stringify(staged).length).toBeLessThan(1_000);
  });

  it("with more cells than columns is not read with its values shifted", () => {
    expect(stageRow({ row: 2, cells: ["1 Main", "Ontario", "CA", "a@x.test"] }, 3)).toMatchObject({
      problem: "too_many_cells",
    });
    expect(stageRow({ row: 2, cells: ["1 Main", "a@x.test", "", ""] }, 2)).toMatchObject({ problem: null });
  });

  it("holds nothing a database cannot", () => {
    expect(stageRow({ row: 2, cells: ["a\0b", "half \uD83D"] }, 2).cells).toEqual(["ab", "half \uFFFD"]);
  });
});
