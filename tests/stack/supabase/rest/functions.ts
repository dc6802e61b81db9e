import { expect, it } from "vitest";
import { type Askers, rows } from "./rows";

const eq = (actual: unknown, expected: unknown) => expect(actual).toEqual(expected);
const match = (actual: unknown, expected: RegExp) => expect(String(actual)).toMatch(expected);

export function promiseFunctions(askers: () => Askers): void {
  const service = () => askers().service;
  const ada = () => askers().ada;
  const anon = () => askers().anon;

  it("scalar POST", async () => {
    eq(rows(await service().rpc("add_nums", { a: 1, b: 2 })), 3);
  });
  it("scalar GET", async () => {
    eq(rows(await service().rpc("add_nums", { a: 1, b: 2 }, { get: true })), 3);
  });
  it("setof + filter/order/limit", async () => {
    eq(
      rows(
        await service()
          .rpc("posts_min", { min_views: 6 })
          .select("id")
          .gt("id", 1)
          .order("id", { ascending: false })
          .limit(1),
      ),
      [{ id: 5 }],
    );
  });
  it("setof default arg, GET", async () => {
    eq(rows(await service().rpc("posts_min", {}, { get: true })).length, 5);
  });
  it("setof with embed", async () => {
    eq(rows(await service().rpc("posts_min", { min_views: 20 }).select("id, comments(body)")), [
      { id: 3, comments: [{ body: "c3" }] },
    ]);
  });
  it("table-returning", async () => {
    eq(rows(await service().rpc("stats")), [
      { status: "draft", n: 1 },
      { status: "published", n: 3 },
      { status: "archived", n: 1 },
    ]);
  });
  it("void -> 204 null", async () => {
    const r = await service().rpc("touch");
    eq([r.status, r.data, r.error], [204, null, null]);
  });
  it("composite single row", async () => {
    eq(rows(await service().rpc("one_author", { aid: 1 })).name, "Ada");
  });
  it("jsonb arg/result", async () => {
    eq(rows(await service().rpc("echo_json", { payload: { a: [1, { b: null }], s: 'x"y' } })), {
      a: [1, { b: null }],
      s: 'x"y',
    });
  });
  it("array arg", async () => {
    eq(rows(await service().rpc("arr_len", { items: ["a", "b,c", 'd"e'] })), 3);
  });
  it("setof single()", async () => {
    eq(rows(await service().rpc("posts_min", { min_views: 25 }).select("id").single()), { id: 3 });
  });
  it("count exact", async () => {
    const r = await service().rpc("posts_min", { min_views: 0 }, { count: "exact" }).select("id").limit(2);
    expect(r.count).toBe(5);
    expect(r.data).toHaveLength(2);
  });
  it("raise exception P0001 -> 400", async () => {
    const r = await service().rpc("boom", { msg: "bad thing" });
    eq([r.status, r.error?.code, r.error?.message], [400, "P0001", "bad thing"]);
  });
  it("raise with detail/hint", async () => {
    const r = await service().rpc("boom_hint");
    eq([r.error?.details, r.error?.hint], ["expected 2 got 1", "reload"]);
  });
  it("raise PT409 -> 409", async () => {
    const r = await service().rpc("boom_custom");
    eq([r.status, r.error?.code, r.error?.message], [409, "PT409", "nope"]);
  });
  it("unknown fn -> 404 PGRST202", async () => {
    const r = await service().rpc("nope", { a: 1 });
    eq([r.status, r.error?.code], [404, "PGRST202"]);
  });
  it("wrong args -> 404 PGRST202", async () => {
    const r = await service().rpc("add_nums", { a: 1, zz: 2 });
    eq([r.status, r.error?.code], [404, "PGRST202"]);
  });
  it("execute denied: anon 401 / auth 403", async () => {
    const r = await anon().rpc("admin_only");
    eq([r.status, r.error?.code], [401, "42501"]);
    const r2 = await ada().rpc("admin_only");
    eq([r2.status, r2.error?.code], [403, "42501"]);
    eq(rows(await service().rpc("admin_only")), "ok");
  });
  it("role + uid inside function", async () => {
    const d = rows(await ada().rpc("whoami"));
    eq(d.role, "authenticated");
    match(d.uid, /^[0-9a-f-]{36}$/);
    eq(rows(await anon().rpc("whoami")).role, "anon");
    eq(rows(await service().rpc("whoami")).role, "service_role");
  });
  it("volatile via GET -> 405 25006", async () => {
    const r = await service().rpc("touch", {}, { get: true });
    eq([r.status, r.error?.code], [405, "25006"]);
  });
}
