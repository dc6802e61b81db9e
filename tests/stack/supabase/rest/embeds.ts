import { expect, it } from "vitest";
import { type Askers, ids, rows } from "./rows";

const eq = (actual: unknown, expected: unknown) => expect(actual).toEqual(expected);

export function promiseEmbeds(askers: () => Askers): void {
  const service = () => askers().service;
  const posts = () => service().from("posts");

  it("to-one (FK hint)", async () => {
    eq(rows(await posts().select("id, authors!posts_author_id_fkey(id,name)").eq("id", 1)), [
      { id: 1, authors: { id: 1, name: "Ada" } },
    ]);
  });
  it("to-one by column hint + alias", async () => {
    eq(
      rows(
        await posts()
          .select("id, author:authors!author_id(name), editor:authors!editor_id(name)")
          .eq("id", 1),
      ),
      [{ id: 1, author: { name: "Ada" }, editor: { name: "Bob" } }],
    );
  });
  it("to-one null", async () => {
    eq(rows(await posts().select("id, editor:authors!editor_id(name)").eq("id", 2)), [
      { id: 2, editor: null },
    ]);
  });
  it("to-many", async () => {
    eq(
      rows(
        await posts()
          .select("id, comments(body)")
          .order("id")
          .order("id", { referencedTable: "comments" })
          .limit(2),
      ),
      [
        { id: 1, comments: [{ body: "c1" }, { body: "c2" }] },
        { id: 2, comments: [] },
      ],
    );
  });
  it("to-many count", async () => {
    eq(rows(await posts().select("id, comments(count)").order("id").limit(2)), [
      { id: 1, comments: [{ count: 2 }] },
      { id: 2, comments: [{ count: 0 }] },
    ]);
  });
  it("!inner filters parent", async () => {
    eq(ids(await posts().select("id, comments!inner(body)").eq("comments.body", "c3")), [3]);
  });
  it("nested filter keeps parent", async () => {
    eq(rows(await posts().select("id, comments(body)").eq("comments.body", "c1").order("id").limit(2)), [
      { id: 1, comments: [{ body: "c1" }] },
      { id: 2, comments: [] },
    ]);
  });
  it("alias + filter on alias", async () => {
    eq(rows(await posts().select("id, cs:comments!inner(body)").eq("cs.body", "c3")), [
      { id: 3, cs: [{ body: "c3" }] },
    ]);
  });
  it("nested limit/order", async () => {
    eq(
      rows(
        await posts()
          .select("id, comments(id)")
          .eq("id", 1)
          .order("id", { referencedTable: "comments", ascending: false })
          .limit(1, { referencedTable: "comments" }),
      ),
      [{ id: 1, comments: [{ id: 2 }] }],
    );
  });
  it("two levels", async () => {
    eq(
      rows(
        await service()
          .from("comments")
          .select("id, posts(title, authors!posts_author_id_fkey(name))")
          .eq("id", 3),
      ),
      [{ id: 3, posts: { title: "Gamma", authors: { name: "Bob" } } }],
    );
  });
  it("many-to-many", async () => {
    eq(rows(await posts().select("id, tags(label)").eq("id", 1)), [
      { id: 1, tags: [{ label: "red" }, { label: "blue" }] },
    ]);
  });
  it("spread to-one", async () => {
    eq(rows(await posts().select("id, ...authors!author_id(author_name:name)").eq("id", 1)), [
      { id: 1, author_name: "Ada" },
    ]);
  });
  it("filter by embedded (!inner to-one)", async () => {
    eq(
      ids(await posts().select("id, authors!author_id!inner(name)").eq("authors.name", "Bob").order("id")),
      [3, 5],
    );
  });
  it("or on referenced table", async () => {
    eq(
      rows(
        await posts()
          .select("id, comments(body)")
          .eq("id", 1)
          .or("body.eq.c1,body.eq.zz", { referencedTable: "comments" }),
      ),
      [{ id: 1, comments: [{ body: "c1" }] }],
    );
  });
  it("ambiguous -> 300 PGRST201", async () => {
    const r = await posts().select("id, authors(name)");
    eq([r.status, r.error?.code], [300, "PGRST201"]);
  });
  it("no relationship -> 400 PGRST200", async () => {
    const r = await posts().select("id, kv(k)");
    eq([r.status, r.error?.code], [400, "PGRST200"]);
  });
  it("count exact with !inner", async () => {
    eq((await posts().select("id, comments!inner(id)", { count: "exact", head: true })).count, 2);
  });
}
