import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateTypes } from "@/stack/supabase/generate-types";
import { ENGINES, type Project, startProject } from "./project/start-project";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** Compiles only if every line means what it says: an @ts-expect-error without an error is one. */
const USE = `
import { createClient } from "@supabase/supabase-js";
import type { Database, Enums, Tables, TablesInsert, TablesUpdate } from "./database.types";
const db = createClient<Database>("http://127.0.0.1", "key");
const insert: TablesInsert<"posts"> = { author_id: 1, title: "t" };
const update: TablesUpdate<"posts"> = { status: "draft" };
const status: Enums<"post_status"> = "archived";
// @ts-expect-error title is required
const short: TablesInsert<"posts"> = { author_id: 1 };
// @ts-expect-error an identity column is never written
const fixed: TablesInsert<"posts"> = { author_id: 1, title: "t", id: 1 };
// @ts-expect-error not one of the enum's words
const wrong: Enums<"post_status"> = "lost";
export async function use(): Promise<[string, string | null, string[], number, Tables<"authors">]> {
  const post = await db.from("posts").select("title, comments(body), editor:authors!posts_editor_id_fkey(bio)").single();
  if (post.error) throw post.error;
  // @ts-expect-error no such column was selected
  post.data.views;
  const sum = await db.rpc("add_nums", { a: 1, b: 2 });
  const author = await db.rpc("one_author", { aid: 1 });
  const stats = await db.rpc("stats");
  const none = await db.rpc("posts_min").select("title");
  // @ts-expect-error no such table
  db.from("nope");
  // @ts-expect-error an argument is missing
  await db.rpc("add_nums", { a: 1 });
  const n: number | undefined = stats.data?.[0]?.n;
  const titles: string[] | undefined = none.data?.map((row) => row.title);
  const view: string | null | undefined = (await db.from("active_authors").select("email").single()).data?.email;
  await db.from("posts").insert(insert).select("id");
  await db.from("posts").update(update).eq("id", 1);
  void [status, short, fixed, wrong, n, titles, view];
  return [post.data.title, post.data.editor?.bio ?? null, post.data.comments.map((c) => c.body), sum.data ?? 0, author.data as Tables<"authors">];
}
`;

describe("Generated types", () => {
  let projects: Project[];
  beforeAll(async () => {
    projects = await Promise.all(ENGINES.map((engine) => startProject(engine)));
  });
  afterAll(() => Promise.all((projects ?? []).map((project) => project.stop())));

  it("are the same text on either engine, whatever order things were created in", async () => {
    const [first, second] = await Promise.all(projects.map((project) => generateTypes(project.db)));
    expect(first).toBe(second);
    expect(first).toContain('post_status: "draft" | "published" | "archived"');
  });

  it("type-check with createClient<Database>, and catch what is wrong", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-types-"));
    const [project] = projects;
    if (!project) throw new Error("no project");
    fs.writeFileSync(path.join(folder, "database.types.ts"), await generateTypes(project.db));
    fs.writeFileSync(path.join(folder, "use.ts"), USE);
    const compilerOptions = {
      ...{ strict: true, noUncheckedIndexedAccess: true, noEmit: true, skipLibCheck: true, types: [] },
      ...{ target: "ES2022", lib: ["ES2023", "DOM"], module: "ESNext", moduleResolution: "bundler" },
      paths: { "*": [path.join(ROOT, "node_modules", "*")] },
    };
    fs.writeFileSync(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["use.ts"] }),
    );
    const tsc = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", folder]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe("");
    fs.rmSync(folder, { recursive: true, force: true });
  });
});
