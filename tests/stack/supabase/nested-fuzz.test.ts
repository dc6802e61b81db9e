import { expect, it } from "vitest";
import { runFuzz } from "./fuzz/run-fuzz";
import { ENGINES } from "./project/start-project";

/** More with `FUZZ_REQUESTS=25000`; another sequence with `FUZZ_SEED`. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 1_200);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

it.each(ENGINES)(
  `a request that nests, repeats or truncates what it may say is answered truly and at once on %s (${REQUESTS} requests, seed ${SEED})`,
  async (engine) => {
    const { lies, restarts, taken } = await runFuzz(engine, REQUESTS, SEED);
    expect(lies).toEqual([]);
    expect(restarts).toBe(0);
    expect(taken).toBeGreaterThan(REQUESTS / 10);
  },
  900_000,
);
