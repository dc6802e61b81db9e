import { runFuzz } from "../../stack/supabase/fuzz/run-fuzz";

const REQUESTS_PER_ENGINE = 25_000;
/** Not the one of the tests. */
const SEED = 20;

/** Requests that nest, repeat and truncate everything the REST half reads, on both engines; what went wrong is printed. */
export async function measureFuzz() {
  const runs = [
    await runFuzz("pglite", REQUESTS_PER_ENGINE, SEED),
    await runFuzz("postgres", REQUESTS_PER_ENGINE, SEED + 1),
  ];
  for (const trouble of runs.flatMap(({ lies, hangs }) => [...lies, ...hangs]).slice(0, 20))
    console.error(trouble);
  const sum = (count: (run: (typeof runs)[number]) => number) =>
    runs.reduce((all, run) => all + count(run), 0);
  return {
    fuzz_requests: sum((run) => run.requests),
    fuzz_lies: sum((run) => run.lies.length),
    fuzz_hangs: sum((run) => run.hangs.length),
    fuzz_restarts: sum((run) => run.restarts),
  };
}
