import { expect, test } from "vitest";
import { runCrash } from "@/tests/crash/run-crash";

// The short version of `npm run crash`. The relay is left alive: a mail that found it away waits a minute for its next try.
test("killing what sends, in the middle of sending, mails nobody twice and loses no mail", async () => {
  const result = await runCrash({
    kills: 5,
    mailsPerKill: 1,
    graceS: 8,
    seed: 11,
    victims: ["app", "host", "app", "host", "stack"],
    patienceMs: 150_000,
  });
  expect(result).toMatchObject({ kills: 5, duplicates: 0, lost: 0, sent: 10 });
}, 240_000);
