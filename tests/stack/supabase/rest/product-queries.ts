import { expect, it } from "vitest";
import { type Askers, ids, rows } from "./rows";

/** The shapes the console's lists ask in, on the blog's tables. */
export function promiseProductQueries(askers: () => Askers): void {
  const posts = () => askers().service.from("posts");
  /** As the list of contacts: one table embedded three times, twice only to carry a condition, and a list cut to its newest. */
  const list = () =>
    posts()
      .select(
        "id, author:authors!author_id(name), barred:authors!author_id(id), named:authors!author_id(id), found:comments(post_id), comments(body)",
      )
      .not("barred.bio", "is", null)
      .order("body", { referencedTable: "comments", ascending: false })
      .limit(1, { referencedTable: "comments" })
      .order("id");

  it("conditions on one alias leave the other aliases of the same table whole", async () => {
    expect(rows(await list().lte("id", 3))).toEqual([
      {
        id: 1,
        author: { name: "Ada" },
        barred: null,
        named: { id: 1 },
        found: [{ post_id: 1 }, { post_id: 1 }],
        comments: [{ body: "c2" }],
      },
      { id: 2, author: { name: "Ada" }, barred: null, named: { id: 1 }, found: [], comments: [] },
      {
        id: 3,
        author: { name: "Bob" },
        barred: { id: 2 },
        named: { id: 2 },
        found: [{ post_id: 3 }],
        comments: [{ body: "c3" }],
      },
    ]);
  });

  it("an alias that is null, or not, chooses the rows: alone, in an or, counted", async () => {
    expect(ids(await list().is("barred", null))).toEqual([1, 2]);
    expect(ids(await list().or("title.eq.Alpha,barred.not.is.null"))).toEqual([1, 3, 4, 5]);
    const named = list().ilike("named.name", "%ob%").or('title.ilike."%alpha%",named.not.is.null');
    expect(ids(await named)).toEqual([1, 3, 5]);
    expect(ids(await list().eq("found.body", "c1").not("found", "is", null))).toEqual([1]);
    const counted = await posts()
      .select("id, barred:authors!author_id(id)", { count: "exact", head: true })
      .not("barred.bio", "is", null)
      .not("barred", "is", null);
    expect(counted.count).toBe(3);
  });

  it("a list two levels down has its own order and limit, below a list and below a single row", async () => {
    const authors = await askers()
      .service.from("authors")
      .select("name, posts!posts_author_id_fkey(id, comments(body))")
      .eq("id", 1)
      .order("id", { referencedTable: "posts" })
      .order("body", { referencedTable: "posts.comments", ascending: false })
      .limit(1, { referencedTable: "posts.comments" })
      .maybeSingle();
    expect(authors.data).toEqual({
      name: "Ada",
      posts: [
        { id: 1, comments: [{ body: "c2" }] },
        { id: 2, comments: [] },
      ],
    });
    const comment = await askers()
      .service.from("comments")
      .select("body, post:posts(title, tags(label))")
      .eq("id", 1)
      .order("label", { referencedTable: "post.tags" })
      .limit(1, { referencedTable: "post.tags" })
      .maybeSingle();
    expect(comment.data).toEqual({ body: "c1", post: { title: "Alpha", tags: [{ label: "blue" }] } });
  });

  it("a row without the related one counts as one whose column is not that value", async () => {
    const edited = () => posts().select("id, editor:authors!editor_id(name)").order("id");
    expect(ids(await edited().neq("editor.name", "Bob").is("editor", null))).toEqual([1, 2, 4, 5]);
    expect(ids(await edited().eq("editor.name", "Bob").not("editor", "is", null))).toEqual([1]);
  });
}
