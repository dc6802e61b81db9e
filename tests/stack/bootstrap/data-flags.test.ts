import { describe, expect, test } from "vitest";
import { readDataFlags } from "@/stack/bootstrap/data-flags.mjs";

describe("the command line of backup and restore", () => {
  test("takes a file and options in any order", () => {
    expect(readDataFlags(["--force", "desk.backup", "--data=/srv/desk", "--demo"], {})).toMatchObject({
      file: "desk.backup",
      force: true,
      demo: true,
      data: "/srv/desk",
      apiPort: 55321,
    });
  });

  test.each([
    [[], "Which file?"],
    [["a", "b"], "One file at a time: a or b."],
    [["a", "--fast"], "There is no option --fast."],
    [["a", "--data"], "--data needs a value."],
    [["a", "--api-port", "x"], "allowed is a port"],
  ])("says in one line what is wrong with %j", (argv, message) => {
    expect(() => readDataFlags(argv, {})).toThrow(message);
  });
});
