import { expect, it } from "vitest";
import { type Askers, rows } from "./rows";

const eq = (actual: unknown, expected: unknown) => expect(actual).toEqual(expected);

export function promiseRowSecurity(askers: () => Askers): void {
  const ada = () => askers().ada;
  const anon = () => askers().anon;
  const bob = () => askers().bob;
  const service = () => askers().service;
  const choose = (i: number) => [ada(), bob(), anon()][i % 3] ?? anon();

  it("insert own + default auth.uid()", async () => {
    const d = rows(await ada().from("docs").insert({ title: "A1" }).select().single());
    eq(d.title, "A1");
    eq(rows(await ada().from("docs").select("title")), [{ title: "A1" }]);
  });
  it("other user sees nothing", async () => {
    await bob().from("docs").insert({ title: "B1" });
    eq(
      rows(await bob().from("docs").select("title")).map((x) => x.title),
      ["B1"],
    );
  });
  it("anon sees nothing", async () => {
    eq(rows(await anon().from("docs").select("*")), []);
  });
  it("service_role sees all", async () => {
    eq(
      rows(await service().from("docs").select("title").order("title")).map((x) => x.title),
      ["A1", "B1"],
    );
  });
  it("insert foreign owner -> 42501 403", async () => {
    const r = await ada().from("docs").insert({ title: "X", owner: "00000000-0000-0000-0000-0000000000ff" });
    eq([r.status, r.error?.code], [403, "42501"]);
  });
  it("anon insert -> 42501 401", async () => {
    const r = await anon().from("docs").insert({ title: "X", owner: "00000000-0000-0000-0000-0000000000ff" });
    eq([r.status, r.error?.code], [401, "42501"]);
  });
  it("update/delete others rows = 0 rows", async () => {
    eq(rows(await ada().from("docs").update({ title: "H" }).eq("title", "B1").select()), []);
    eq(rows(await ada().from("docs").delete().eq("title", "B1").select()), []);
    eq(rows(await bob().from("docs").select("title")), [{ title: "B1" }]);
  });
  it("concurrent mixed roles never leak (200 reqs)", async () => {
    const rs = await Promise.all(
      Array.from({ length: 200 }, (_, i) => choose(i).from("docs").select("title")),
    );
    rs.forEach((r, i) => {
      const want = [["A1"], ["B1"], []][i % 3];
      eq(r.error, null);
      eq(
        r.data?.map((x) => x.title),
        want,
      );
    });
  });
}
