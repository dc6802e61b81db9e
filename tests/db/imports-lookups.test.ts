import { describe, expect, it } from "vitest";
import { openDesk } from "./support/open-desk";

const desk = openDesk();
const hash = () => desk().operator.call<string>("lookups_hash", {});
const apply = async (rows: readonly object[], retire = false, expected?: string) =>
  desk().operator.call<Record<string, unknown>>("apply_lookups", {
    p_rows: rows,
    p_retire_missing: retire,
    p_expected: expected ?? (await hash()),
    p_why: "from markets.csv",
  });
const market = (id: number, name: string) => ({ kind: "market", id, name });
const named = async (id: number) =>
  (
    await desk().db.query<{ name: string; retired: boolean }>(
      "select name, retired_at is not null as retired from costar_lookups where kind = 'market' and id = $1",
      [id],
    )
  )[0];
const openSearch = (status = "new") =>
  desk().service.rows(
    `insert into searches (name, buyer_name, criteria, source, status)
     values ('Needs it', 'B', '{"criteria": {"markets": [825, "Los Angeles"], "propertyTypes": [2]}}', 'form', $1)`,
    [status],
  );

describe("Importing lookups", () => {
  it("adds, renames and retires in one go, and writes down who did what", async () => {
    const answer = await apply([market(825, "Inland Empire (CA)"), market(9001, "Boise")], true);
    expect(answer).toMatchObject({ outcome: "applied", added: 1, renamed: 1, retired: 12 });
    expect(await named(825)).toEqual({ name: "Inland Empire (CA)", retired: false });
    expect(await named(605)).toEqual({ name: "Los Angeles", retired: true });
    expect(await desk().db.query("select actor, action, why from audit_log")).toEqual([
      { actor: desk().operatorName, action: "lookups.imported", why: "from markets.csv" },
    ]);
  });

  it("leaves kinds alone that the file does not hold, and what is missing unless asked", async () => {
    await apply([market(9001, "Boise")], true);
    const [types] = await desk().db.query(
      "select count(*)::int as n from costar_lookups where kind = 'property_type' and retired_at is null",
    );
    expect(types).toEqual({ n: 13 });
    await apply([market(9002, "Reno")]);
    expect(await named(9001)).toMatchObject({ retired: false });
  });

  it("never takes away what an open search needs, by id or by name", async () => {
    await openSearch();
    await apply([market(9001, "Boise")], true);
    expect([await named(825), await named(605), await named(130)]).toMatchObject([
      { retired: false },
      { retired: false },
      { retired: true },
    ]);
  });

  it("may retire what only ended searches named", async () => {
    await openSearch("cancelled");
    await apply([market(9001, "Boise")], true);
    expect(await named(825)).toMatchObject({ retired: true });
  });

  it("lets two names change places, and brings back what was retired", async () => {
    await apply([market(825, "Los Angeles"), market(605, "Inland Empire")]);
    expect([await named(825), await named(605)]).toMatchObject([
      { name: "Los Angeles" },
      { name: "Inland Empire" },
    ]);
    await apply([market(825, "Los Angeles")], true);
    expect(await named(605)).toMatchObject({ retired: true });
    expect(await apply([market(605, "Inland Empire")])).toMatchObject({ broughtBack: 1 });
    expect(await named(605)).toMatchObject({ retired: false });
  });

  it("gives a name away only when its holder is retired with it", async () => {
    await expect(apply([market(9001, "inland empire")])).rejects.toThrow(/already belongs/);
    await apply([market(9001, "inland empire")], true);
    expect(await named(9001)).toMatchObject({ name: "inland empire", retired: false });
  });

  it.each([
    ["an id twice", [market(1, "A"), market(1, "B")]],
    ["a name twice, in other letters", [market(1, "A"), market(2, "a")]],
    ["no name", [market(1, "  ")]],
    ["no id", [{ kind: "market", name: "A" }]],
    ["another kind", [{ kind: "county", id: 1, name: "A" }]],
  ])("imports nothing of a file with %s", async (_what, rows) => {
    await expect(apply([market(9001, "Boise"), ...rows])).rejects.toMatchObject({ code: "22023" });
    expect(await named(9001)).toBeUndefined();
  });

  it("changes nothing when somebody was faster", async () => {
    const seen = await hash();
    await apply([market(9001, "Boise")]);
    expect(await apply([market(9002, "Reno")], false, seen)).toEqual({ outcome: "changed" });
    expect(await named(9002)).toBeUndefined();
  });

  it("applies one of two imports that were previewed together", async () => {
    const seen = await hash();
    const answers = await Promise.all([
      apply([market(9001, "Boise")], false, seen),
      apply([market(9002, "Reno")], false, seen),
    ]);
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(["applied", "changed"]);
  });
});
