import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAX_JSON_DEPTH } from "@/stack/http/bound-json";
import { MOST } from "@/stack/supabase/rest/bounds";
import { type Project, startProject } from "./project/start-project";

let project: Project;
let statements: string[];
beforeAll(async () => {
  project = await startProject("pglite");
  await project.db.exec(
    "create table public.hidden (id int primary key, doc jsonb); grant all on public.hidden to service_role",
  );
  await project.api.reload();
});
afterAll(() => project?.stop());

const many = (count: number, write: (index: number) => string, between = ",") =>
  Array.from({ length: count }, (_, index) => write(index)).join(between);

async function ask(path: string, key: string, body?: string) {
  const response = await fetch(`${project.api.url}/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { apikey: key, "content-type": "application/json" },
    ...(body !== undefined && { body }),
  });
  const { code, message } = (await response.json()) as { code: string; message: string };
  return { status: response.status, code, message };
}

const deepJson = `{"ns":"deep","k":"1","v":${"[".repeat(7_000)}${"]".repeat(7_000)}}`;

describe("More than a request may ask is refused by the name of the bound", () => {
  it.each<[string, string, string | undefined, number, string]>([
    ["JSON that is too deep", "rest/v1/kv", deepJson, 413, `more than ${MAX_JSON_DEPTH} levels deep`],
    [
      "JSON that is too deep for a function",
      "rest/v1/rpc/echo_json",
      `{"payload":${"[".repeat(7_000)}}`,
      413,
      "levels deep",
    ],
    ["JSON of too many values", "rest/v1/kv", `[${"1,".repeat(500_001)}1]`, 413, "values"],
    [
      "JSON that is too deep for signing in",
      "auth/v1/token?grant_type=password",
      deepJson,
      413,
      "levels deep",
    ],
    [
      "brackets in an array",
      `rest/v1/authors?tags=cs.${"{".repeat(7_000)}`,
      undefined,
      400,
      "64 brackets deep",
    ],
    [
      "brackets in a JSON value",
      `rest/v1/posts?data=cs.${"[".repeat(7_000)}`,
      undefined,
      400,
      "64 brackets deep",
    ],
    [
      "brackets in a search term",
      `rest/v1/posts?title=fts.${"(".repeat(7_000)}`,
      undefined,
      400,
      "64 brackets deep",
    ],
    ["refusals in a search term", `rest/v1/posts?title=fts.${"!".repeat(40)}a`, undefined, 400, "24 times !"],
    [
      "a logic tree",
      `rest/v1/posts?or=${"(and".repeat(17)}(id.eq.1)${")".repeat(17)}`,
      undefined,
      400,
      "failed to parse",
    ],
    [
      "nested relations",
      `rest/v1/posts?select=${"comments(posts(".repeat(9)}id${"))".repeat(9)}`,
      undefined,
      400,
      "nested too deeply",
    ],
    ["steps into JSON", `rest/v1/posts?select=data${"->a".repeat(40)}`, undefined, 400, "failed to parse"],
    [
      "related tables",
      `rest/v1/posts?select=${many(21, (n) => `c${n}:comments(id)`)}`,
      undefined,
      413,
      `${MOST.embeds} related tables`,
    ],
    [
      "columns",
      `rest/v1/posts?select=${many(251, (n) => `c${n}:id`)}`,
      undefined,
      413,
      `${MOST.columns} selected columns`,
    ],
    [
      "conditions",
      `rest/v1/posts?${many(201, () => "id=gt.0", "&")}`,
      undefined,
      413,
      `${MOST.conditions} conditions`,
    ],
    [
      "sort terms",
      `rest/v1/posts?order=${many(41, () => "id")}`,
      undefined,
      413,
      `${MOST.sortTerms} sort terms`,
    ],
  ])("%s", async (_, path, body, status, words) => {
    const answer = await ask(path, project.api.publishableKey, body);
    expect(answer).toMatchObject({ status, message: expect.stringContaining(words) });
  });

  it("stores nothing of what it refuses, and takes what is just below", async () => {
    const at = (depth: number) => `{"ns":"deep","k":"${depth}","v":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    for (const depth of [MAX_JSON_DEPTH - 1, MAX_JSON_DEPTH])
      await fetch(`${project.api.url}/rest/v1/kv`, {
        method: "POST",
        headers: { apikey: project.api.secretKey, "content-type": "application/json" },
        body: at(depth),
      });
    const { data } = await project.service.from("kv").select("k").eq("ns", "deep");
    expect(data).toEqual([{ k: String(MAX_JSON_DEPTH - 1) }]);
  });

  it("counts brackets of JSON, not those in its strings", async () => {
    const body = { ns: "text", k: "1", v: { text: `${"[".repeat(500)}\\"${"{".repeat(500)}` } };
    expect((await project.service.from("kv").insert(body)).error).toBeNull();
  });
});

describe("Somebody not signed in", () => {
  it("costs the database no statement where there is no grant", async () => {
    statements = [];
    const { queryOnce, transaction } = project.db;
    Object.assign(project.db, {
      queryOnce: (...args: Parameters<typeof queryOnce>) => {
        statements.push(args[0]);
        return queryOnce(...args);
      },
      transaction: (...args: Parameters<typeof transaction>) => {
        statements.push("transaction");
        return transaction(...args);
      },
    });
    const key = project.api.publishableKey;
    const refused = [
      await ask("rest/v1/hidden", key),
      await ask("rest/v1/hidden?doc=cs.[1", key),
      await ask("rest/v1/hidden", key, '{"id":1}'),
      await ask("rest/v1/hidden", key, deepJson),
      await ask("rest/v1/secret_only", key),
      await ask("rest/v1/authors", key, '{"name":"x"}'),
      await ask("rest/v1/rpc/admin_only", key, "{}"),
    ];
    for (const answer of refused)
      expect(answer).toMatchObject({
        status: 401,
        code: "42501",
        message: expect.stringMatching(/^permission denied for/),
      });
    expect(statements).toEqual([]);
    expect((await project.anon.from("posts").select("id").limit(1)).error).toBeNull();
    expect(statements).toHaveLength(1);
  });
});
