import { expect, it } from "vitest";
import { type Askers, ids, rows } from "./rows";

const eq = (actual: unknown, expected: unknown) => expect(actual).toEqual(expected);
const match = (actual: unknown, expected: RegExp) => expect(String(actual)).toMatch(expected);

export function promiseSelect(askers: () => Askers): void {
  const service = () => askers().service;
  const authors = () => service().from("authors");

  it("columns + alias", async () => {
    eq(rows(await authors().select("id, n:name").eq("id", 1)), [{ id: 1, n: "Ada" }]);
  });
  it("cast", async () => {
    eq(rows(await authors().select("id::text, score::int").eq("id", 1)), [{ id: "1", score: 10 }]);
  });
  it("json path select", async () => {
    eq(rows(await authors().select("id, meta->>lang, lvl:meta->level, meta->nested->a").eq("id", 1)), [
      { id: 1, lang: "en", lvl: 3, a: 1 },
    ]);
  });
  it("order desc nullsFirst", async () => {
    eq(
      ids(await authors().select("id").order("score", { ascending: false, nullsFirst: true })),
      [2, 1, 4, 3],
    );
    eq(
      ids(await authors().select("id").order("score", { ascending: true, nullsFirst: false })),
      [3, 4, 1, 2],
    );
  });
  it("order multi", async () => {
    eq(
      ids(
        await service()
          .from("posts")
          .select("id")
          .order("author_id", { ascending: false })
          .order("id", { ascending: false }),
      ),
      [4, 5, 3, 2, 1],
    );
  });
  it("limit/range", async () => {
    eq(ids(await authors().select("id").order("id").limit(2)), [1, 2]);
    eq(ids(await authors().select("id").order("id").range(1, 2)), [2, 3]);
  });
  it("count exact", async () => {
    const r = await authors().select("id", { count: "exact" }).order("id").range(0, 1);
    eq([r.count, r.data?.length, r.status], [4, 2, 206]);
  });
  it("count exact filtered", async () => {
    eq((await authors().select("*", { count: "exact" }).eq("active", true)).count, 3);
  });
  it("head count", async () => {
    const r = await authors().select("*", { count: "exact", head: true });
    eq([r.count, r.data, r.error], [4, null, null]);
  });
  it("single ok", async () => {
    eq(rows(await authors().select("name").eq("id", 1).single()), { name: "Ada" });
  });
  it("single 0 rows -> PGRST116", async () => {
    const r = await authors().select("name").eq("id", 99).single();
    eq([r.status, r.error?.code, r.data], [406, "PGRST116", null]);
  });
  it("single 2 rows -> PGRST116", async () => {
    const r = await authors().select("name").lt("id", 3).single();
    eq([r.status, r.error?.code], [406, "PGRST116"]);
  });
  it("maybeSingle 0/1/2", async () => {
    eq((await authors().select("name").eq("id", 99).maybeSingle()).data, null);
    eq((await authors().select("name").eq("id", 99).maybeSingle()).error, null);
    eq(rows(await authors().select("name").eq("id", 1).maybeSingle()), { name: "Ada" });
    eq((await authors().select("name").lt("id", 3).maybeSingle()).error?.code, "PGRST116");
  });
  it("view", async () => {
    eq(ids(await service().from("active_authors").select("id").order("id")), [1, 2, 4]);
  });
  it("unknown table -> 404", async () => {
    const r = await service().from("nope").select("*");
    eq(r.status, 404);
    match(r.error?.code, /PGRST205|42P01/);
  });
  it("count goes on past the page", async () => {
    const r = await service().from("authors").select("id", { count: "exact" }).range(2, 50);
    eq([r.data?.length, r.count], [2, 4]);
  });
}
