import { expect, it } from "vitest";
import { type Askers, rows, succeed } from "./rows";

const eq = (actual: unknown, expected: unknown) => expect(actual).toEqual(expected);
const match = (actual: unknown, expected: RegExp) => expect(String(actual)).toMatch(expected);

export function promiseWrites(askers: () => Askers): void {
  const service = () => askers().service;
  const authors = () => service().from("authors");
  const posts = () => service().from("posts");

  it("insert (no returning) 201", async () => {
    const r = await service()
      .from("kv")
      .insert({ ns: "w", k: "1", v: { a: [1, { b: 2 }] } });
    eq([r.status, r.data, r.error], [201, null, null]);
    eq(rows(await service().from("kv").select("v").eq("ns", "w").eq("k", "1").single()), {
      v: { a: [1, { b: 2 }] },
    });
  });
  it("insert returning single", async () => {
    const d = rows(
      await authors()
        .insert({ name: "N1", email: "n1@x.io", meta: { deep: { x: [1, 2] } }, tags: ["p", "q r"] })
        .select()
        .single(),
    );
    eq([d.name, d.meta, d.tags, d.active], ["N1", { deep: { x: [1, 2] } }, ["p", "q r"], true]);
    expect(d.id).toBeGreaterThan(4);
  });
  it("bulk insert returning", async () => {
    eq(
      rows(
        await service()
          .from("kv")
          .insert([
            { ns: "b", k: "1", v: 1 },
            { ns: "b", k: "2", v: null },
          ])
          .select("k,v")
          .order("k"),
      ),
      [
        { k: "1", v: 1 },
        { k: "2", v: null },
      ],
    );
  });
  it("bulk insert uneven keys (null) + defaultToNull:false", async () => {
    const r = await service()
      .from("kv")
      .insert(
        [
          { ns: "u", k: "1" },
          { ns: "u", k: "2", n: 5 },
        ],
        { defaultToNull: false },
      )
      .select("k,n")
      .order("k");
    eq(rows(r), [
      { k: "1", n: 0 },
      { k: "2", n: 5 },
    ]);
  });
  it("insert empty array", async () => {
    const r = await service().from("kv").insert([]);
    eq(r.error, null);
  });
  it("insert with embed returning", async () => {
    const d = rows(
      await posts()
        .insert({ author_id: 1, title: "E1" })
        .select("title, author:authors!author_id(name)")
        .single(),
    );
    eq(d, { title: "E1", author: { name: "Ada" } });
    await posts().delete().eq("title", "E1");
  });
  it("upsert onConflict merge", async () => {
    succeed(await service().from("kv").upsert({ ns: "up", k: "1", v: 1 }, { onConflict: "ns,k" }));
    const d = rows(
      await service()
        .from("kv")
        .upsert({ ns: "up", k: "1", v: 2 }, { onConflict: "ns,k" })
        .select("v")
        .single(),
    );
    eq(d.v, 2);
  });
  it("upsert default PK conflict", async () => {
    succeed(
      await service()
        .from("kv")
        .upsert([{ ns: "up2", k: "1", v: 1 }]),
    );
    eq(
      rows(
        await service()
          .from("kv")
          .upsert([{ ns: "up2", k: "1", v: 3 }])
          .select("v"),
      ),
      [{ v: 3 }],
    );
  });
  it("upsert ignoreDuplicates", async () => {
    succeed(await service().from("kv").upsert({ ns: "ig", k: "1", v: 1 }, { onConflict: "ns,k" }));
    const d = rows(
      await service()
        .from("kv")
        .upsert(
          [
            { ns: "ig", k: "1", v: 9 },
            { ns: "ig", k: "2", v: 9 },
          ],
          { onConflict: "ns,k", ignoreDuplicates: true },
        )
        .select("k,v"),
    );
    eq(d, [{ k: "2", v: 9 }]);
    eq(rows(await service().from("kv").select("v").eq("ns", "ig").eq("k", "1").single()).v, 1);
  });
  it("update with filters returning", async () => {
    await service().from("kv").insert({ ns: "upd", k: "1", n: 1 });
    const r = await service()
      .from("kv")
      .update({ n: 2, v: { z: [1] } })
      .eq("ns", "upd")
      .eq("n", 1)
      .select();
    eq(rows(r), [{ ns: "upd", k: "1", v: { z: [1] }, n: 2 }]);
    eq(rows(await service().from("kv").update({ n: 3 }).eq("ns", "upd").eq("n", 1).select()), []);
  });
  it("update no returning 204", async () => {
    const r = await service().from("kv").update({ n: 7 }).eq("ns", "upd");
    eq([r.status, r.error], [204, null]);
  });
  it("update count exact", async () => {
    await service()
      .from("kv")
      .insert([
        { ns: "uc", k: "1" },
        { ns: "uc", k: "2" },
      ]);
    const r = await service().from("kv").update({ n: 9 }, { count: "exact" }).eq("ns", "uc");
    eq(r.count, 2);
  });
  it("update to null", async () => {
    eq(rows(await service().from("kv").update({ v: null }).eq("ns", "uc").select("v").limit(1))[0]?.v, null);
  });
  it("update single 0 rows -> PGRST116", async () => {
    const r = await service().from("kv").update({ n: 1 }).eq("ns", "zzz").select().single();
    eq([r.status, r.error?.code], [406, "PGRST116"]);
  });
  it("update single 2 rows rolls back", async () => {
    const r = await service().from("kv").update({ n: 77 }).eq("ns", "uc").select().single();
    eq(r.error?.code, "PGRST116");
    eq(
      rows(await service().from("kv").select("n").eq("ns", "uc")).map((x) => x.n),
      [9, 9],
    );
  });
  it("update maybeSingle 0 rows -> null", async () => {
    const r = await service().from("kv").update({ n: 1 }).eq("ns", "zzz").select().maybeSingle();
    eq([r.data, r.error], [null, null]);
  });
  it("delete returning", async () => {
    await service().from("kv").insert({ ns: "del", k: "1" });
    eq(rows(await service().from("kv").delete().eq("ns", "del").select("k")), [{ k: "1" }]);
    eq((await service().from("kv").delete().eq("ns", "del")).status, 204);
  });
  it("unknown column -> 400 PGRST204", async () => {
    const r = await service().from("kv").insert({ ns: "q", k: "1", zzz: 1 });
    eq(r.status, 400);
    match(r.error?.code, /PGRST204/);
  });
}
