import { describe, expect, test } from "vitest";
import { type Check, fine, mend, note, skipped } from "@/lib/parts/doctor/check";
import { CHECKS } from "@/lib/parts/doctor/list-checks";
import { readFlags } from "@/lib/parts/doctor/read-flags";
import { runChecks } from "@/lib/parts/doctor/run-checks";
import { sayAsFound } from "@/lib/parts/doctor/say-as-found";
import { toJsonReport } from "@/lib/parts/doctor/say-report";
import { fakeTools } from "./fake-tools";

function check(id: string, change: Partial<Check>): Check {
  return { id, group: "This computer", title: id, look: async () => fine("well"), ...change };
}
const failing = () => Promise.reject(new Error("wires crossed"));
const throwing = () => {
  throw new Error("everything is broken");
};
const hanging = () => new Promise<never>(() => undefined);

describe("the doctor", () => {
  test("lets no check that breaks or hangs hide the next", async () => {
    const done = await runChecks(
      [
        check("breaks", { look: failing }),
        check("throws", { look: throwing }),
        check("hangs", { look: hanging, limitMs: 20 }),
        check("last", {}),
      ],
      fakeTools(),
    );
    expect(done.map(({ id, status }) => [id, status])).toEqual([
      ["breaks", "mend"],
      ["throws", "mend"],
      ["hangs", "mend"],
      ["last", "fine"],
    ]);
    expect(done[0]?.says).toMatch(/wires crossed/);
    expect(done[2]?.says).toMatch(/within 0.02 seconds/);
  });

  test("goes through every check on a machine where nothing works, and each mend has its cure", async () => {
    const broken = new Proxy(fakeTools(), {
      get: (tools, name: keyof ReturnType<typeof fakeTools>) =>
        typeof tools[name] === "function" && name !== "now" ? throwing : tools[name],
    });
    for (const platform of ["win32", "linux"] as const) {
      const done = await runChecks(CHECKS, { ...broken, platform });
      expect(done).toHaveLength(CHECKS.length);
      for (const { id, status, cure, says } of done) {
        expect(says, id).not.toBe("");
        if (status === "mend") expect(cure, id).toBeTruthy();
      }
    }
  });

  test("names each check once", () => {
    expect(new Set(CHECKS.map((one) => one.id)).size).toBe(CHECKS.length);
  });

  test("speaks in sentences, group by group, with the verdict at the end", async () => {
    const lines: string[] = [];
    const say = sayAsFound((line) => lines.push(line));
    const done = await runChecks(
      [
        check("Clock", {}),
        check("Outlook open", { group: "Outlook", look: async () => mend("It is not open.", "Open it.") }),
        check("A", { group: "Outlook", look: async () => skipped("This is not Windows.") }),
        check("B", { group: "Outlook", skip: () => "This is not Windows." }),
        check("Mail", { group: "Mail", look: async () => note("Hm.") }),
      ],
      fakeTools(),
      say.checked,
    );
    say.end(done);
    expect(lines.join("\n")).toBe(`
This computer
  ok   Clock: well

Outlook
  MEND Outlook open: It is not open.
       → Open it.
  -    A, B: This is not Windows.

Mail
  note Mail: Hm.

1 thing has to be mended before the first mail. 1 note above is worth reading.`);
    expect(JSON.parse(toJsonReport(done))).toMatchObject({
      ok: false,
      checks: [{ id: "Clock", status: "fine" }, {}, {}, {}, {}],
    });
    expect(JSON.parse(toJsonReport(done.slice(0, 1))).ok).toBe(true);
  });

  test("understands its options and refuses others in one line", () => {
    expect(readFlags(["--send-test", "--account", "Desk@Example.com", "--yes", "--json"])).toEqual({
      sendTest: true,
      account: "desk@example.com",
      yes: true,
      json: true,
      help: false,
    });
    for (const wrong of [["--fast"], ["--yes"], ["--send-test", "--account"], ["--account", "a@b.example"]])
      expect(() => readFlags(wrong)).toThrow(/^[^\n]+$/);
  });
});
