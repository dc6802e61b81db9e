import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSigningKey } from "@/stack/supabase/auth/signing-key";
import { createTokens } from "@/stack/supabase/auth/tokens";
import { type Project, startProject } from "./project/start-project";

describe("What is not served is refused, never answered wrongly", () => {
  let project: Project;
  beforeAll(async () => {
    project = await startProject("pglite");
    await project.db.exec(`
      create table public.big(id bigint primary key, doc jsonb, label text);
      insert into public.big select g, jsonb_build_object('n', g), 'label ' || g from generate_series(1, 1500) g;
      create table public.partial(id int primary key, open text, closed text);
      insert into public.partial values (1, 'open', 'closed');
      create function public.sum_all(variadic items int[]) returns int language sql as $$ select sum(i)::int from unnest(items) i $$;
      create function public.numbers() returns setof int language sql as $$ select g from generate_series(1, 5) g $$;
      grant all on public.big to service_role;
      grant select (id, open), insert (id, open), update (open) on public.partial to anon;`);
    await project.api.reload();
  });
  afterAll(() => project?.stop());

  const ask = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) => {
    const key = project.api.secretKey;
    const response = await fetch(`${project.api.url}/rest/v1/${path}`, {
      ...init,
      headers: { apikey: key, "content-type": "application/json", ...headers },
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      json: () => JSON.parse(text) as { code?: string; message?: string },
    };
  };

  it.each([
    ["a filter on a relation that is not in select", "posts?select=id&comments.body=eq.c1", "PGRST108"],
    ["an order by a relation that is not in select", "posts?select=id&order=comments(id)", "PGRST108"],
    ["an order by a to-many relation", "posts?select=id,comments(id)&order=comments(id)", "PGRST118"],
    ["spreading a to-many relation", "posts?select=id,...comments(body)", "PGRST119"],
    ["the same embed twice", "posts?select=comments(id),comments(body)", "PGRST100"],
    ["an aggregate", "posts?select=views.sum()", "PGRST123"],
    ["an unknown operator", "posts?id=equals.1", "PGRST100"],
    ["a quantifier where there is none", "posts?id=neq(any).{1,2}", "PGRST100"],
    ["a filter without an operator", "posts?id=1", "PGRST100"],
    ["text after a list", "posts?id=in.(1,2)x", "PGRST100"],
    ["two limits", "posts?limit=1&limit=2", "PGRST100"],
    ["a negative limit", "posts?limit=-1", "PGRST100"],
    ["a logic tree that does not close", "posts?or=(id.eq.1,and(id.eq.2)", "PGRST100"],
    ["a tree nested beyond reason", `posts?or=${"(and".repeat(40)}(id.eq.1)${")".repeat(40)}`, "PGRST100"],
    ["a function on the row in place of a column", "posts?select=row_to_json", "42703"],
    ["filters on a function that returns one value", "rpc/add_nums?a=1&b=2&c=eq.3", "PGRST100"],
    ["a cast to something that is no type name", "posts?select=id::select", "42704"],
  ])("%s", async (_, path, code) => {
    const { status, json } = await ask(path);
    expect([status, json().code]).toEqual([code === "42704" ? 400 : status, code]);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it.each([
    ["CSV", { accept: "text/csv" }, 406],
    ["stripped nulls", { accept: "application/vnd.pgrst.array+json;nulls=stripped" }, 406],
    ["a query plan", { accept: "application/vnd.pgrst.plan+json" }, 406],
    ["a Range header", { range: "0-9" }, 400],
    ["a dry run", { prefer: "tx=rollback" }, 400],
    ["another time zone", { prefer: "timezone=Asia/Tokyo" }, 400],
  ])("%s", async (_, headers, status) => {
    expect((await ask("posts", headers)).status).toBe(status);
  });

  it("returns at most 1,000 rows, and says how many there are", async () => {
    const { data, count } = await project.service.from("big").select("id", { count: "exact" }).order("id");
    expect([data?.length, count]).toEqual([1000, 1500]);
    const { data: asked } = await project.service.from("big").select("id").limit(1200);
    expect(asked).toHaveLength(1000);
  });

  it("changes no row without a filter", async () => {
    for (const write of [project.service.from("kv").delete(), project.service.from("kv").update({ n: 1 })])
      expect((await write).error?.code).toBe("21000");
  });

  it("keeps numbers that JavaScript would round", async () => {
    const exact = '{"id":9007199254740993,"doc":{"n":12345678901234567890.5}}';
    expect((await ask("big", {}, { method: "POST", body: exact })).status).toBe(201);
    const { text } = await ask("big?id=eq.9007199254740993&select=id,doc");
    expect(text).toContain("9007199254740993");
    expect(text).toContain("12345678901234567890.5");
  });

  it("reads and writes single columns for a role that was granted only those", async () => {
    const table = () => project.anon.from("partial");
    expect((await table().select("id, open").limit(1)).data).toEqual([{ id: 1, open: "open" }]);
    expect((await table().select("*")).error?.code).toBe("42501");
    expect((await table().insert({ id: 2, open: "x" }).select("id").single()).data).toEqual({ id: 2 });
    expect((await table().update({ open: "y" }).eq("id", 2).select("open").single()).data).toEqual({
      open: "y",
    });
    expect((await table().update({ closed: "y" }).eq("id", 2)).error?.code).toBe("42501");
  });

  it("sorts a parent by an embedded row's column with the column's own type", async () => {
    const { data } = await project.service
      .from("posts")
      .select("id, author:authors!author_id(score)")
      .order("author(score)", { nullsFirst: false })
      .order("id");
    expect(data?.map((row) => row.id)).toEqual([4, 1, 2, 3, 5]);
  });

  it("pages a parent before its embeds, with the same result", async () => {
    const { data } = await project.service
      .from("posts")
      .select("title, comments(body), authors!author_id(name)")
      .order("views", { ascending: false })
      .limit(2);
    expect(data).toEqual([
      { title: "Gamma", comments: [{ body: "c3" }], authors: { name: "Bob" } },
      { title: "Alpha", comments: [{ body: "c1" }, { body: "c2" }], authors: { name: "Ada" } },
    ]);
  });

  it("filters parents by whether an embed is empty", async () => {
    const empty = await project.service
      .from("posts")
      .select("id, comments(id)")
      .is("comments", null)
      .order("id");
    expect(empty.data?.map((row) => row.id)).toEqual([2, 4, 5]);
    const either = await project.service
      .from("posts")
      .select("id, comments()")
      .or("comments.not.is.null,id.eq.5")
      .order("id");
    expect(either.data?.map((row) => row.id)).toEqual([1, 3, 5]);
  });

  it("undoes a write that touches more rows than allowed", async () => {
    await project.service.from("kv").insert([
      { ns: "max", k: "1" },
      { ns: "max", k: "2" },
    ]);
    const prefer = "max-affected=1,handling=strict";
    const { status, json } = await ask("kv?ns=eq.max", { prefer }, { method: "PATCH", body: '{"n":5}' });
    expect([status, json().code]).toEqual([400, "PGRST124"]);
    const { data } = await project.service.from("kv").select("n").eq("ns", "max");
    expect(data).toEqual([{ n: 0 }, { n: 0 }]);
  });

  it("calls functions with a variable number of arguments, and pages sets of values", async () => {
    expect((await project.service.rpc("sum_all", { items: [1, 2, 3] })).data).toBe(6);
    expect((await ask("rpc/numbers?limit=2&offset=1")).text).toBe("[2, 3]");
  });

  it("inserts a row of nothing but defaults", async () => {
    await project.db.exec(
      "create table public.ticks(id serial primary key); grant all on public.ticks to service_role; grant usage on sequence public.ticks_id_seq to service_role;",
    );
    await project.api.reload();
    expect((await project.service.from("ticks").insert({}).select().single()).data).toEqual({ id: 1 });
  });

  it("takes rows of different shapes only when the columns are named", async () => {
    const body = '[{"ns":"d","k":"1"},{"ns":"d","k":"2","n":3}]';
    expect((await ask("kv", {}, { method: "POST", body })).json().message).toBe("All object keys must match");
    expect((await ask("kv?columns=ns,k,n", {}, { method: "POST", body })).status).toBe(201);
  });

  describe("a token that is no good", () => {
    const signed = async (
      claims: Record<string, unknown>,
      agoS: number,
      change = (token: string) => token,
    ) => {
      const tokens = createTokens(await loadSigningKey(project.db), `${project.api.url}/auth/v1`);
      const token = change(await tokens.sign("somebody", claims, Math.floor(Date.now() / 1000) - agoS));
      return ask("kv", { apikey: project.api.publishableKey, authorization: `Bearer ${token}` });
    };
    const reader = { role: "anon" };

    it("is told from one that is", async () => {
      expect((await signed(reader, 0)).status).toBe(200);
    });

    it.each<[string, Record<string, unknown>, number, (token: string) => string, string]>([
      ["expired", reader, 7_200, (token) => token, "PGRST303"],
      [
        "changed after signing",
        reader,
        0,
        (token) => token.replace(/\.(.)/, (_, c) => `.${c === "e" ? "f" : "e"}`),
        "PGRST301",
      ],
      ["without its signature", reader, 0, (token) => token.replace(/[^.]+$/, ""), "PGRST301"],
      ["for a role that would be the superuser", { role: "postgres" }, 0, (token) => token, "PGRST301"],
      ["for no role", {}, 0, (token) => token, "PGRST301"],
      ["garbage", reader, 0, () => "x.y.z", "PGRST301"],
    ])("is refused with 401: %s", async (_, claims, agoS, change, code) => {
      const answer = await signed(claims, agoS, change);
      expect(answer.status).toBe(401);
      expect(answer.json().code).toBe(code);
    });
  });
});
