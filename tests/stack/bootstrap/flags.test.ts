import { describe, expect, test } from "vitest";
import { readFlags } from "@/stack/bootstrap/flags.mjs";

describe("the command line", () => {
  test("combines options, with = or a space", () => {
    expect(
      readFlags(["--once", "--dry-run", "--json", "--log-level=DEBUG", "--port", "3001"], {}),
    ).toMatchObject({
      once: true,
      dryRun: true,
      json: true,
      logLevel: "DEBUG",
      port: 3001,
      apiPort: 55321,
      enginePort: 8288,
      data: ".upstream",
    });
  });

  test.each([
    [["--fast"], "There is no option --fast"],
    [["--port", "99999"], '--port is "99999"; allowed: a port from 1 to 65535.'],
    [["--log-level", "loud"], '--log-level is "loud"; allowed: DEBUG, INFO, WARNING, ERROR.'],
    [["--data"], "--data needs a value."],
    [["--json"], "--json goes with --once."],
  ])("says in one line what is wrong with %j", (argv, message) => {
    expect(() => readFlags(argv, {})).toThrow(message);
  });
});
