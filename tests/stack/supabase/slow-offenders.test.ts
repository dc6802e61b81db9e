import { expect, it } from "vitest";
import { EngineFault } from "@/stack/postgres/engine-fault";
import type { Caller } from "@/stack/supabase/http/exchange";
import { slowOffenders } from "@/stack/supabase/rest/slow-offenders";

const ada: Caller = { role: "authenticated", claims: { sub: "ada" } };
const bob: Caller = { role: "authenticated", claims: { sub: "bob" } };
const fine = () => Promise.resolve("fine");
const costly = () => Promise.reject(new EngineFault("overrun", "too long"));

function watch() {
  const [delays, named]: [number[], object[]] = [[], []];
  const logger = { debug() {}, info() {}, error() {}, warn: (fields: object) => named.push(fields) };
  const penalties = slowOffenders(logger, async (ms) => void delays.push(ms));
  return { delays, named, penalties };
}

it("a caller who costs the database its engine waits longer with each time, is named, and nobody else waits", async () => {
  const { delays, named, penalties } = watch();
  expect(await penalties.run(ada, "posts", fine)).toBe("fine");
  for (let times = 0; times < 8; times += 1)
    await expect(penalties.run(ada, "posts", costly)).rejects.toThrow("too long");
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  expect(named[1]).toEqual({ caller: "authenticated ada", offences: 2, delayMs: 1_000 });
  delays.length = 0;
  expect(await penalties.run(bob, "posts", fine)).toBe("fine");
  expect(delays).toEqual([]);
  expect(await penalties.run(ada, "posts", fine)).toBe("fine");
  expect(delays).toEqual([30_000]);
});

it("of the console's own server only what it called is slowed down, and too many waiting are refused", async () => {
  const { delays, penalties } = watch();
  const service: Caller = { role: "service_role", claims: { role: "service_role" } };
  await expect(penalties.run(service, "rpc/slow", costly)).rejects.toThrow();
  await penalties.run(service, "posts", fine);
  expect(delays).toEqual([]);
  const many = await Promise.allSettled(
    Array.from({ length: 25 }, () => penalties.run(service, "rpc/slow", fine)),
  );
  expect(many.filter(({ status }) => status === "rejected")).toHaveLength(5);
});

it("an error of the statement is no offence", async () => {
  const { delays, penalties } = watch();
  await expect(penalties.run(ada, "posts", () => Promise.reject(new Error("22P02")))).rejects.toThrow();
  await penalties.run(ada, "posts", fine);
  expect(delays).toEqual([]);
});
