import { describe, expect, it } from "vitest";
import { headlinePrice, listPrices, sayAskingPrice, sayBps } from "@/components/replies/price-words";
import { readPriceFacts } from "@/lib/mail-rules/price-facts";
import { readReplyFacts, statesPrice } from "@/lib/replies/reply-facts";

const priced = (text: string) => readReplyFacts({ ...readPriceFacts(text), phones: [], callTimes: [] });

describe("The facts beside a reply", () => {
  it("show the asking price in dollars with the words it came from", () => {
    const [asking] = listPrices(priced("We would take $6.1M for a quick close."));
    expect(asking).toMatchObject({ label: "Asking price", value: "$6,100,000", words: "$6.1M" });
  });

  it("say when millions were understood and not written", () => {
    const [asking] = listPrices(priced("I am asking 4.2 for it."));
    expect(asking).toMatchObject({ value: "$4,200,000", note: expect.stringContaining("Millions") });
  });

  it.each([
    [{ lowUsd: 8e6, highUsd: 9e6 }, "$8,000,000 to $9,000,000"],
    [{ lowUsd: 12e6, highUsd: null }, "at least $12,000,000"],
    [{ lowUsd: null, highUsd: 5e6 }, "up to $5,000,000"],
    [{ lowUsd: null, highUsd: null }, null],
  ])("say a range, a floor and a ceiling as such: %j", (price, said) => {
    expect(sayAskingPrice({ ...price, millionsAssumed: false, words: "" })).toBe(said);
  });

  it("write cap rates as per cent without idle zeros", () => {
    expect([650, 625, 600].map(sayBps)).toEqual(["6.5%", "6.25%", "6%"]);
  });

  it("use what the agent read only where the rules read nothing, and say so by leaving out the words", () => {
    const facts = readReplyFacts({ agent: { askingPriceUsd: 7_000_000, capRateBps: 550 } });
    expect(listPrices(facts)).toEqual([
      { label: "Asking price", value: "$7,000,000", words: null },
      { label: "Cap rate", value: "5.5%", words: null },
    ]);
    expect(listPrices({ ...priced("We want $6.1M."), agent: facts.agent })[0]?.words).toBe("$6.1M");
  });

  it("put a rate into the row of the inbox when no price is stated", () => {
    expect(headlinePrice(priced("That is a 6.5% cap on current income."))).toBe("6.5% cap rate");
    expect(headlinePrice(readReplyFacts({}))).toBeNull();
  });

  it.each([
    [null],
    [3],
    ["text"],
    [[]],
    [{ askingPrice: "much", phones: "none", agent: 7, suggestedAnswer: {} }],
  ])("are empty rather than broken for stored facts of another shape: %o", (stored) => {
    const facts = readReplyFacts(stored);
    expect(facts.phones).toEqual([]);
    expect(facts.suggestedAnswer).toBe("");
    expect(statesPrice(facts)).toBe(false);
    expect(listPrices(facts)).toEqual([]);
  });
});
