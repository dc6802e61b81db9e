import http from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedRandom } from "./fuzz/seed-random";
import { type Project, startProject } from "./project/start-project";

/** More with `FUZZ_REQUESTS=20000`; another sequence with `FUZZ_SEED`. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** What only others may see: in a row of Bob's, and in a table without grants. */
const SECRET = "s3cr3t-marker";

const BITS =
  `id|title|owner|name|meta|tags|"|'|)|(|,|.|:|::|!|->|->>|*|;|--|/*|eq.|in.|in.(|or|and|not.|is.null|comments|posts|authors|` +
  `author_id|inner|...|{|}|\\|$1|%00| |é|0|1|-1|99999999999999999999|null|count|count()|drop table docs|select|||=|int|int4|[]|` +
  `desc|.nullsfirst|posts_author_id_fkey|docs|secret_only|v|like.|ilike.*|cs.{|fts.|match.|(any).|limit|offset|order|columns|` +
  `E'|$$|\\'|\u202e|row_to_json|current_setting|authors(name)|comments(body)|2024-01-01|true|1e400|''`;
/** Each with columns and embeds of its own, so that most requests get past the door and into SQL. */
const TABLES: Readonly<Record<string, string>> = {
  posts:
    "id,title,views,status,data,published_at,comments(body),authors!author_id(name),...authors!editor_id(bio),tags(label)",
  authors: "id,name,meta,tags,score,born,active,meta->lang,meta->>level",
  comments: "id,body,created_at,posts(title,authors!author_id(name)),posts!inner(id)",
  docs: "id,title,owner,version",
  kv: "ns,k,v,n,v->a->>0",
  active_authors: "id,name,email",
  secret_only: "id,v",
  "rpc/posts_min?min_views=1&": "id,title,comments(count)",
  "rpc/add_nums?a=1&b=2&": "*",
  "rpc/echo_json?payload={}&": "*",
  "rpc/boom?msg=x&": "*",
};
const PREFERENCES = [
  "return=representation",
  "return=minimal,count=exact",
  "resolution=merge-duplicates,missing=default,return=representation",
  "count=exact",
  "resolution=ignore-duplicates",
];

interface Hostile {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function createGenerator(seed: number): () => Hostile {
  const random = seedRandom(seed);
  const pick = <T>(items: readonly T[], fallback: T): T =>
    items[Math.floor(random() * items.length)] ?? fallback;
  const bits = BITS.split("|");
  const noise = () => Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick(bits, "")).join("");
  const enc = encodeURIComponent;
  const operators =
    "eq.|neq.|gt.|lte.|like.|ilike.|match.|in.(1,2)|is.null|not.is.null|cs.|ov.|fts.|eq(any).{1,2}|not.eq.|isdistinct.".split(
      "|",
    );
  const columnOf = (table: string) =>
    random() < 0.1
      ? noise()
      : pick(
          (TABLES[table] ?? "id").replace(/\([^()]*(\([^()]*\))?[^()]*\)/g, "").split(/,(?![^(]*\))/),
          "id",
        );
  const text = () =>
    random() < 0.5
      ? pick(["1", "x", "{1,2}", "{}", "true", "2024-01-01", "%", "null", "published"], "1")
      : noise();
  const test = () => {
    const operator = pick(operators, "eq.");
    return operator.endsWith(".") ? operator + text() : operator;
  };
  const column = (table: string) =>
    columnOf(table)
      .replace(/^\.\.\./, "")
      .replace(/!.*/, "");
  const parameters: ReadonlyArray<(table: string) => string> = [
    (table) => `select=${enc(TABLES[table] ?? "*")}`,
    (table) => `select=${enc(column(table))},${enc(random() < 0.5 ? column(table) : noise())}`,
    (table) =>
      `select=id,a:${enc(column(table))}::${enc(pick(["text", "int", "jsonb", "regclass", noise()], "text"))}`,
    () => `select=id,comments(${enc(noise())})&comments.${enc(noise())}=${enc(noise())}`,
    () =>
      `select=id,comments(id,body)&comments.body=${enc(test())}&comments.order=${enc(random() < 0.5 ? "id.desc" : noise())}`,
    (table) => `order=${enc(column(table))}${pick(["", ".desc", ".desc.nullslast", noise()], "")}`,
    (table) => `${enc(column(table))}=${enc(test())}`,
    (table) => `${enc(column(table))}=${enc(test())}`,
    (table) =>
      `or=${enc(`(${column(table)}.${test()},${random() < 0.7 ? `not.and(id.gt.0,${column(table)}.${test()})` : noise()})`)}`,
    (table) => `${enc(column(table))}->>${enc(random() < 0.5 ? "lang" : noise())}=eq.${enc(noise())}`,
    () =>
      `on_conflict=${enc(random() < 0.5 ? "id" : noise())}&columns=${enc(random() < 0.5 ? "id,title" : noise())}`,
    () => `limit=${enc(random() < 0.7 ? "3" : noise())}&offset=1`,
    () => "id=gt.0",
  ];
  const value = (): unknown =>
    pick<unknown>([noise(), 1, null, [noise()], { [noise()]: noise() }, 1e300, "\u0000", true], 0);
  const row = () =>
    Object.fromEntries(
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => [
        pick(["title", "ns", "k", "n", "id", "a", "b", "msg", noise()], "id"),
        value(),
      ]),
    );
  const bodies: ReadonlyArray<() => string> = [
    () => JSON.stringify(row()),
    () => JSON.stringify([row(), row()]),
    noise,
    () => "",
    () => "[]",
    () => "[[[[[[]]]]]]",
  ];
  return (): Hostile => {
    const method = pick(["GET", "GET", "GET", "GET", "HEAD", "POST", "PATCH", "DELETE"], "GET");
    const table = random() < 0.92 ? pick(Object.keys(TABLES), "posts") : enc(noise());
    const query = Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
      pick(parameters, () => "")(table),
    ).join("&");
    const single: Record<string, string> =
      random() < 0.1 ? { accept: "application/vnd.pgrst.object+json" } : {};
    return {
      method,
      path: `/rest/v1/${table}${table.endsWith("&") ? "" : "?"}${query}`,
      headers: { prefer: pick(PREFERENCES, ""), ...single },
      body: pick(bodies, () => "")(),
    };
  };
}

/** Something reached SQL as more than data. (A search term that is no tsquery has the same code, but is data.) */
function isSyntaxError(text: string): boolean {
  return text.includes('"42601"') && !text.includes("in tsquery");
}

describe("Hostile REST requests", () => {
  let project: Project;
  let token: string;
  beforeAll(async () => {
    project = await startProject("pglite");
    token = (await project.signIn("ada@example.com")).token;
    const bob = await project.signIn("bob@example.com");
    await bob.client.from("docs").insert({ title: SECRET });
    await project.service.from("secret_only").insert({ id: 99, v: SECRET });
  });
  afterAll(() => project?.stop());

  it(`never fault the server, reach SQL as syntax, or show or change what row security hides (${REQUESTS} requests, seed ${SEED})`, async () => {
    const next = createGenerator(SEED);
    const agent = new http.Agent({ keepAlive: true });
    const send = ({ method, path, headers, body }: Hostile) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        const withBody = method === "POST" || method === "PATCH";
        const own = { apikey: project.api.publishableKey, authorization: `Bearer ${token}`, ...headers };
        const request = http.request(
          `${project.api.url}${path}`,
          { agent, method, headers: withBody ? { ...own, "content-type": "application/json" } : own },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("end", () =>
              resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
            );
          },
        );
        request.on("error", reject);
        request.end(withBody ? body : undefined);
      });
    const faults: string[] = [];
    let reached = 0;
    for (let n = 0; n < REQUESTS; n++) {
      const hostile = next();
      const { status, text } = await send(hostile);
      if (status < 300 || /"code":"(?!PGRST)[0-9A-Z]{5}"/.test(text)) reached++;
      if (status >= 500 || status === 0 || isSyntaxError(text) || text.includes(SECRET))
        faults.push(
          `${status} ${hostile.method} ${decodeURIComponent(hostile.path)} ${hostile.body} -> ${text.slice(0, 300)}`,
        );
    }
    agent.destroy();
    expect(faults).toEqual([]);
    // Noise that never got as far as Postgres would prove little.
    expect(reached).toBeGreaterThan(REQUESTS / 5);
    const bobs = await project.service.from("docs").select("title").eq("title", SECRET);
    expect(bobs.data).toEqual([{ title: SECRET }]);
  }, 600_000);
});
