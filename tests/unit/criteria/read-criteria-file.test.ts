import { describe, expect, it } from "vitest";
import { describeCriteria } from "@/lib/criteria/describe-criteria";
import { checkFileSize, readCriteriaFile } from "@/lib/criteria/read-criteria-file";
import { LOOKUPS } from "./lookups";

const GOOD = {
  buyer: { name: "Marchetti", entity: { capital: 25_000_000, dealsCompleted: 1 } },
  criteria: {
    name: "Industrial, IE",
    propertyTypes: ["industrial", 7],
    markets: ["Inland Empire", 130],
    price: { min: 2_000_000 },
    capRate: { min: 5.25 },
    deadline: "2027-03-31",
    marketsFlexible: true,
  },
};

const read = (value: unknown) => readCriteriaFile(JSON.stringify(value), LOOKUPS);

describe("criteria from a JSON file", () => {
  it("are shown in words before anything starts, names and ids alike", () => {
    const file = read(GOOD);
    if (file.outcome !== "good") throw new Error(JSON.stringify(file));
    expect(describeCriteria(file.criteria, LOOKUPS)).toEqual([
      { label: "Buyer", value: "Marchetti" },
      { label: "About the buyer", value: "1 deal completed, $25,000,000 of capital" },
      { label: "Property types", value: "Industrial, Flex" },
      { label: "Markets", value: "Inland Empire, Orange County (flexible)" },
      { label: "Price", value: "from $2,000,000" },
      { label: "Cap rate", value: "from 5.25%" },
      { label: "Deadline", value: "March 31, 2027" },
    ]);
    expect(file.unused).toEqual([]);
  });

  it("are refused with every problem at its place, shape and names together", () => {
    const file = read({
      buyer: {},
      criteria: {
        ...GOOD.criteria,
        name: 3,
        markets: ["Inland Empire", "Orange Conty"],
        assetClasses: ["Q"],
      },
    });
    if (file.outcome !== "problems") throw new Error(file.outcome);
    expect(file.problems.map(({ path }) => path).sort()).toEqual([
      "buyer.name",
      "criteria.assetClasses.0",
      "criteria.markets.1",
      "criteria.name",
    ]);
    expect(file.problems.find(({ path }) => path === "criteria.markets.1")?.message).toContain(
      "Did you mean Orange County?",
    );
  });

  it("warn of fields that mean nothing here, so that a misspelt one is noticed", () => {
    const file = read({ ...GOOD, criteria: { ...GOOD.criteria, strategy: ["long hold"] }, version: 2 });
    if (file.outcome !== "good") throw new Error(file.outcome);
    expect(file.unused).toEqual(["criteria.strategy", "version"]);
  });

  it("that are not JSON are refused with the line and column", () => {
    const file = readCriteriaFile('{\n  "buyer": 1\n  "criteria": 2\n}', LOOKUPS);
    expect(file).toMatchObject({ outcome: "unreadable" });
    expect(file.outcome === "unreadable" && file.message).toContain("line 3, column 3");
  });

  it.each(["", "{", "hello", "<html>"])("that are not JSON at all (%j) are refused in words", (text) => {
    const file = readCriteriaFile(text, LOOKUPS);
    expect(file.outcome === "unreadable" && file.message).toMatch(/^This is not JSON/);
  });

  it("may begin with the byte-order mark Windows editors write", () => {
    expect(readCriteriaFile(`\uFEFF${JSON.stringify(GOOD)}`, LOOKUPS).outcome).toBe("good");
  });

  it("above 256 kB are refused with the size and the limit, before anything is read", () => {
    expect(checkFileSize("buyer.json", 256 * 1024)).toBeNull();
    expect(checkFileSize("buyer.json", 5 * 1024 * 1024)).toMatch(/5\.0 MB.*256 kB/);
    const file = readCriteriaFile(`"${"é".repeat(200_000)}"`, LOOKUPS);
    expect(file.outcome === "unreadable" && file.message).toContain("256 kB");
  });

  it.each([[[]], [null], [3], ["text"]])("that hold %j instead of criteria are refused", (value) => {
    expect(read(value).outcome).toBe("problems");
  });
});
