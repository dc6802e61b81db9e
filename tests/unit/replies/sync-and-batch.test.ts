import { describe, expect, test } from "vitest";
import { batchSchema, classificationSchema } from "@/lib/replies/classification";
import { findClockProblem } from "@/lib/replies/clock-problem";
import { draftSearch } from "@/lib/replies/draft-search";
import { isAboutMail } from "@/lib/replies/is-about-mail";
import { storable } from "@/lib/replies/storable";

const NOW = Date.parse("2026-06-01T12:00:00Z");
const received = (...times: string[]) => times.map((receivedUtc) => ({ receivedUtc }));
const check = (items: { receivedUtc: string | null }[], relayOffsetMs: number | null = 0) =>
  findClockProblem(items, { sinceMs: NOW - 3_600_000, now: NOW, relayOffsetMs });

describe("a clock or a zone that is off is said, never an empty inbox", () => {
  test("mail from the future, mail older than asked for, mail without times, a relay whose clock runs ahead", () => {
    expect(check(received("2026-06-01T15:00:00Z"))).toContain("3 hours in the future");
    expect(check(received("2026-06-01T04:00:00Z"))).toContain("7 hours before the time it was asked for");
    expect(check([{ receivedUtc: null }])).toContain("gives no times");
    expect(check([], 600_000)).toContain("10 minutes ahead");
    expect(check([], -240_000)).toContain("4 minutes behind");
  });

  test("and ordinary mail says nothing", () => {
    expect(check(received("2026-06-01T11:20:00Z", "2026-06-01T12:00:30Z"))).toBeUndefined();
    expect(check([])).toBeUndefined();
    expect(check([], null)).toBeUndefined();
  });
});

test("what Postgres cannot hold is replaced wherever it stands, and nothing else", () => {
  expect(storable({ a: "x\u0000\ud800y", list: ["\udfff", "😀"], deep: { n: 1, none: null } })).toEqual({
    a: "x\ufffd\ufffdy",
    list: ["\ufffd", "😀"],
    deep: { n: 1, none: null },
  });
});

test("a batch's answer is read mail by mail: one without its shape spoils no other", () => {
  const good = { id: "m2", category: "other", confidence: 0.5, reason: "says little", facts: {} };
  const { results } = batchSchema.parse({ results: [{ id: "m1", category: "winner" }, good, null, "x"] });
  expect(results.map((result) => result?.id ?? null)).toEqual([null, "m2", null, null]);
  expect(classificationSchema.safeParse(good).success).toBe(true);
});

test("an answer that quotes another mail than its own is no answer", () => {
  const mail = "Re: 12 Main St\nNot right now, thank you.";
  expect(isAboutMail('It says "Not right now, thank you".', mail)).toBe(true);
  expect(isAboutMail("Nothing in it says what the sender wants.", mail)).toBe(true);
  expect(isAboutMail('It says "We would take $8.5M for it".', mail)).toBe(false);
});

test("a buyer's mail fills the form of a new search with what it says", () => {
  const lookup = (id: number, name: string) => ({ id, name, marketFilter: true });
  const draft = draftSearch(
    {
      fromName: "Bea Buyer",
      fromEmail: "bea@fund.example",
      company: "",
      text: "We are buying warehouses in Phoenix and Denver, 20,000 to 60,000 SF, up to $12M.",
      prices: {
        askingPrice: {
          lowUsd: 12_000_000,
          highUsd: 12_000_000,
          millionsAssumed: false,
          words: "up to $12M",
        } as never,
      },
    },
    {
      markets: [lookup(776, "Phoenix"), lookup(332, "Denver"), lookup(605, "Los Angeles")],
      propertyTypes: [lookup(2, "Industrial"), lookup(6, "Retail")],
      ownerTypes: [],
    },
  );
  expect(draft).toMatchObject({
    buyerName: "Bea Buyer",
    buyerContact: "Bea Buyer, bea@fund.example",
    markets: [776, 332],
    propertyTypes: [2],
    sizeMin: "20000",
    sizeMax: "60000",
    priceMin: "",
    priceMax: "12000000",
  });
});
