import { expect, it } from "vitest";
import { type Askers, ids, rows } from "./rows";

const eq = (actual: unknown, expected: unknown) => expect(actual).toEqual(expected);
const match = (actual: unknown, expected: RegExp) => expect(String(actual)).toMatch(expected);

export function promiseFilters(askers: () => Askers): void {
  const service = () => askers().service;
  const authors = () => service().from("authors");

  it("select * rows + JSON types", async () => {
    const d = rows(await authors().select("*").order("id"));
    eq(d.length, 4);
    eq(d[0].score, 9.5);
    eq(d[0].meta.lang, "en");
    eq(d[0].tags, ["math", "code"]);
    eq(d[0].born, "1815-12-10");
    match(d[0].created_at, /^\d{4}-\d\d-\d\dT.*(\+00:00|Z)$/);
    eq(typeof d[0].id, "number");
  });
  it("eq", async () => {
    eq(ids(await authors().select("id").eq("name", "Ada")), [1]);
  });
  it("eq with special chars", async () => {
    eq(ids(await authors().select("id").eq("name", "Dé % _x")), [4]);
  });
  it("eq boolean", async () => {
    eq(ids(await authors().select("id").eq("active", false)), [3]);
  });
  it("neq", async () => {
    eq(ids(await authors().select("id").neq("name", "Ada").order("id")), [2, 3, 4]);
  });
  it("gt/gte/lt/lte", async () => {
    eq(ids(await authors().select("id").gt("score", 5).order("id")), [1, 4]);
    eq(ids(await authors().select("id").gte("score", 5).lt("score", 9).order("id")), [3, 4]);
    eq(ids(await authors().select("id").lte("id", 2).order("id")), [1, 2]);
  });
  it("in numbers", async () => {
    eq(ids(await authors().select("id").in("id", [1, 3]).order("id")), [1, 3]);
  });
  it("in strings with commas/quotes", async () => {
    eq(ids(await authors().select("id").in("bio", ['likes, commas "and" quotes', "x"]).order("id")), [2, 3]);
  });
  it("in empty", async () => {
    eq(ids(await authors().select("id").in("id", [])), []);
  });
  it("in enum", async () => {
    eq(
      ids(await service().from("posts").select("id").in("status", ["draft", "archived"]).order("id")),
      [2, 4],
    );
  });
  it("is null / not is null", async () => {
    eq(ids(await authors().select("id").is("bio", null)), [1]);
    eq(ids(await authors().select("id").not("bio", "is", null).order("id")), [2, 3, 4]);
  });
  it("is true", async () => {
    eq(ids(await authors().select("id").is("active", true).order("id")), [1, 2, 4]);
  });
  it("like/ilike %", async () => {
    eq(ids(await authors().select("id").ilike("name", "%D%").order("id")), [1, 3, 4]);
    eq(ids(await authors().select("id").like("email", "a%")), [1]);
  });
  it("ilike * wildcard", async () => {
    eq(ids(await authors().select("id").ilike("name", "*d*").order("id")), [1, 3, 4]);
  });
  it("likeAnyOf", async () => {
    eq(ids(await authors().select("id").likeAnyOf("name", ["A%", "B%"]).order("id")), [1, 2]);
  });
  it("or", async () => {
    eq(ids(await authors().select("id").or("name.eq.Ada,id.eq.3").order("id")), [1, 3]);
  });
  it("or nested and + not", async () => {
    eq(
      ids(
        await authors()
          .select("id")
          .or("name.eq.Ada,and(active.is.false,score.gt.3),not.and(id.lt.4,id.gt.0)")
          .order("id"),
      ),
      [1, 3, 4],
    );
  });
  it("or with in/quotes", async () => {
    eq(
      ids(await authors().select("id").or('id.in.(1,2),bio.eq."likes, commas \\"and\\" quotes"').order("id")),
      [1, 2],
    );
  });
  it("not eq", async () => {
    eq(ids(await authors().select("id").not("id", "eq", 1).order("id")), [2, 3, 4]);
  });
  it("not in", async () => {
    eq(ids(await authors().select("id").not("id", "in", "(1,2)").order("id")), [3, 4]);
  });
  it("contains jsonb", async () => {
    eq(ids(await authors().select("id").contains("meta", { lang: "en" }).order("id")), [1, 3]);
  });
  it("contains array", async () => {
    eq(ids(await authors().select("id").contains("tags", ["code"]).order("id")), [1, 2]);
  });
  it("containedBy / overlaps array", async () => {
    eq(ids(await authors().select("id").overlaps("tags", ["math", "art"]).order("id")), [1, 4]);
    eq(ids(await authors().select("id").containedBy("tags", ["code", "x"]).order("id")), [2, 3]);
  });
  it("json path filter ->>", async () => {
    eq(ids(await authors().select("id").eq("meta->>lang", "fr")), [2]);
  });
  it("json path filter -> number", async () => {
    eq(ids(await authors().select("id").eq("meta->level", 3)), [1]);
  });
  it("match() + multiple filters same col", async () => {
    eq(ids(await authors().select("id").match({ name: "Ada", active: true })), [1]);
    eq(ids(await authors().select("id").gt("id", 1).lt("id", 3)), [2]);
  });
  it("timestamp filter", async () => {
    eq(ids(await service().from("posts").select("id").gte("published_at", "2024-01-15T00:00:00+00:00")), [3]);
  });
  it("textSearch", async () => {
    eq(
      ids(
        await service()
          .from("posts")
          .select("id")
          .textSearch("title", "gamma", { type: "plain", config: "english" }),
      ),
      [3],
    );
  });
  it("unknown column -> 400 42703", async () => {
    const r = await authors().select("id").eq("nope", 1);
    eq([r.status, r.error?.code], [400, "42703"]);
  });
  it("bad value -> 400 22P02", async () => {
    const r = await authors().select("id").eq("id", "abc");
    eq([r.status, r.error?.code], [400, "22P02"]);
  });
  it("injection text is data", async () => {
    eq(ids(await authors().select("id").eq("name", "x' OR 1=1--")), []);
  });
}
