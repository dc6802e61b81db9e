import { describe, expect, test } from "vitest";
import { readPriceFacts } from "@/lib/mail-rules/price-facts";

const M = 1_000_000;

describe("an asking price is read as a person in the trade means it", () => {
  test.each<[string, number | null, number | null]>([
    ["We'd take $4.5M for it.", 4.5 * M, 4.5 * M],
    ["3.5mm firm", 3.5 * M, 3.5 * M],
    ["Asking price is $3,750,000.", 3_750_000, 3_750_000],
    ["Somewhere around $8-9M would get my attention", 8 * M, 9 * M],
    ["I'm looking for 8 to 9 million", 8 * M, 9 * M],
    ["between 7.5 and 8.2 million", 7_500_000, 8_200_000],
    ["$900k-1.1M range", 900_000, 1.1 * M],
    ["USD 6,000,000 firm", 6 * M, 6 * M],
    ["I would sell at 950k", 950_000, 950_000],
    ["Nothing less than 12 million", 12 * M, null],
    ["North of $20mm", 20 * M, null],
    ["We would need at least $5.25 million to consider selling", 5.25 * M, null],
    ["$5M+ and we can talk", 5 * M, null],
    ["asking 4.2", 4.2 * M, 4.2 * M],
    ["We are at $7.9 million, all cash.", 7.9 * M, 7.9 * M],
    ["2.1M obo", 2.1 * M, 2.1 * M],
    ["Our number is $14,250,000 and we are not in a hurry.", 14_250_000, 14_250_000],
    ["eight and a half million is what I want", 8.5 * M, 8.5 * M],
    ["The price would be 3.2 to 3.4 mil", 3.2 * M, 3.4 * M],
    ["I paid 2.1M in 2015 but would sell for 3.4M", 3.4 * M, 3.4 * M],
    ["We owe $1.2M on it and want $4M", 4 * M, 4 * M],
    ["Listed at $11.5MM", 11.5 * M, 11.5 * M],
    ["we want 15mm for the portfolio", 15 * M, 15 * M],
    ["$2.75 million.", 2.75 * M, 2.75 * M],
    ["looking to get mid 7s", 7.4 * M, 7.6 * M],
    ["Price: $1,295,000", 1_295_000, 1_295_000],
    ["It's worth $6M to me", 6 * M, 6 * M],
    ["Would entertain offers above 10M", 10 * M, null],
  ])("%s", (text, lowUsd, highUsd) => {
    expect(readPriceFacts(text).askingPrice).toMatchObject({ lowUsd, highUsd });
  });
});

describe("money that is no asking price is not taken for one", () => {
  test.each([
    "I paid 2.1M for it in 2015.",
    "There is $3.2M of debt on the property.",
    "The mortgage balance is about $1.8 million.",
    "Rent is $42,000 a month.",
    "Taxes went up to $85,000 last year.",
    "The building is 24,000 sf on 1.2 acres, built in 1987.",
    "Call me at 310-555-0142 after 2:30.",
    "It sold for $5M next door.",
    "We just spent $400,000 on a roof.",
    "You turned down an offer of $5M, I heard.",
    "I am at 1200 Main Street, suite 400.",
    "We have 48 units and 3 vacancies.",
    "Not for sale at any price.",
    "NOI is $412,000 and it should trade at a 6 cap.",
    "Comps are at $250/SF.",
    "My 1031 exchange closes in 45 days.",
    "Asking rent is $2.10/SF NNN per month.",
  ])("%s", (text) => {
    expect(readPriceFacts(text).askingPrice).toBeNull();
  });
});

describe("yield numbers are read beside the price", () => {
  test.each<[string, number, number]>([
    ["6 cap", 600, 600],
    ["I'd want a 5.75% cap on it", 575, 575],
    ["cap rate of 6.25%", 625, 625],
    ["5.5-6 cap", 550, 600],
    ["cap rate is around 7", 700, 700],
    ["a 6.5 cap rate", 650, 650],
    ["It pencils to a 5 1031 buyers like, 5.25% cap.", 525, 525],
  ])("cap rate: %s", (text, lowBps, highBps) => {
    expect(readPriceFacts(text).capRate).toMatchObject({ lowBps, highBps });
  });

  test.each<[string, number]>([
    ["NOI is $412,000", 412_000],
    ["we are at 412k NOI", 412_000],
    ["Net operating income of 1.2M", 1_200_000],
    ["current NOI: $318,500", 318_500],
  ])("income: %s", (text, usd) => {
    expect(readPriceFacts(text).noi?.usd).toBe(usd);
  });

  test("price per square foot keeps its cents and per unit its words", () => {
    const facts = readPriceFacts("Looking for $212.50 per square foot.\nOr $185k a door.");
    expect(facts.pricePerSquareFoot).toMatchObject({ lowCents: 21_250, highCents: 21_250 });
    expect(facts.pricePerUnit).toEqual({ usd: 185_000, words: "$185k a door" });
  });

  test("price, cap rate and income in one sentence are kept apart, each with its own words", () => {
    const facts = readPriceFacts("Asking $8.2M, a 6 cap on $492,000 NOI.");
    expect(facts.askingPrice).toMatchObject({ lowUsd: 8_200_000, words: "$8.2M" });
    expect(facts.capRate?.words).toBe("6 cap");
    expect(facts.noi?.usd).toBe(492_000);
  });

  test("an amount understood as millions says so", () => {
    expect(readPriceFacts("asking 4.2").askingPrice?.millionsAssumed).toBe(true);
    expect(readPriceFacts("asking 4.2M").askingPrice?.millionsAssumed).toBe(false);
  });
});
