import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/stack/postgres/database";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { BOOTSTRAP_SQL } from "@/stack/supabase/bootstrap/bootstrap-database";
import { runMigrations } from "@/stack/supabase/run-migrations";
import { checkSchemas } from "@/stack/supabase/schema/check-schemas";
import { compareCatalogs } from "@/stack/supabase/schema/compare-catalogs";
import { readCatalog } from "@/stack/supabase/schema/read-catalog";
import { callerOn, SERVICE, signedIn } from "@/tests/db/support/sessions";
import { type NativePostgres, startNativePostgres } from "@/tests/support/native-postgres";

const MIGRATIONS = "supabase/migrations";
let server: NativePostgres;
let folder: string;
let db: Database;
beforeAll(async () => {
  server = await startNativePostgres();
});
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-schemas-"));
  fs.cpSync("supabase/schemas", folder, { recursive: true });
  db = await openPostgres(await server.createDatabase());
  await db.exec(BOOTSTRAP_SQL);
});
afterEach(async () => {
  await db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});
afterAll(() => server?.stop());

/** Edits the schema file that holds `from`. */
function edit(from: string, to: string): void {
  for (const file of fs.readdirSync(folder)) {
    const sql = fs.readFileSync(path.join(folder, file), "utf8");
    if (!sql.includes(from)) continue;
    fs.writeFileSync(path.join(folder, file), sql.replace(from, to));
    return;
  }
  throw new Error(`no schema file says ${from}`);
}
const check = () => checkSchemas(db, folder, MIGRATIONS);

/** One change of each kind: what, in which words, to which, and what the check says of it. */
const CHANGES: readonly (readonly [what: string, from: string, to: string, says: RegExp])[] = [
  [
    "a changed body",
    "'kill_switch', '1',",
    "'kill_switch', '2',",
    /^function set_kill_switch\(boolean,text\): .*'1'.*'2'/,
  ],
  [
    "a missing grant",
    "grant execute on function public.set_kill_switch to authenticated, service_role;",
    "",
    /^rights on function set_kill_switch.*authenticated may execute.*nobody/,
  ],
  [
    "a missing grant on a table",
    "grant select on public.sends to authenticated;",
    "",
    /^rights on sends: .*authenticated may select/,
  ],
  [
    "a column in another place",
    "  again boolean not null default false,\n",
    "",
    /^column sends\.again: only in/,
  ],
  [
    "a missing index",
    "create index sends_contact on public.sends (contact_id, status);",
    "",
    /^index sends_contact: only in the migrations/,
  ],
  [
    "a missing policy",
    "create policy sends_read on public.sends for select to authenticated using ((select public.is_operator()));",
    "",
    /^policy sends\.sends_read: only in/,
  ],
  ["open rows", "alter table public.sends enable row level security;", "", /^table sends: .*no row security/],
  [
    "a missing trigger",
    "create trigger audit_log_no_truncate before truncate on public.audit_log\n  for each statement execute function public.refuse_change();",
    "",
    /^trigger audit_log\.audit_log_no_truncate/,
  ],
  [
    "a table nobody is told of",
    "alter publication supabase_realtime add table public.searches;",
    "",
    /^published supabase_realtime public\.searches: only in/,
  ],
  [
    "another default row",
    "('receipt', 'Receipt', 'Noted; nothing else happens.'",
    "('receipt', 'Receipt', 'Filed.'",
    /^rows of routing_rules: .*Noted/,
  ],
  [
    "a comment",
    "is 'The category of mail it answers; null fits every mail.'",
    "is 'A category.'",
    /^comment column category of table answer_templates/,
  ],
];

describe("The schema files", () => {
  it("say what the migrations make, on a native server too", async () => {
    expect(await check()).toEqual([]);
  });

  it("and the migrations differ in something: it is named, whatever it is", async () => {
    for (const [, from, to] of CHANGES) edit(from, to);
    const problems = await check();
    for (const [what, , , says] of CHANGES)
      expect(problems, what).toContainEqual(expect.stringMatching(says));
    expect(problems).toHaveLength(CHANGES.length + 1); // a missing column is missing in its table's list too
  });

  it("with a body that does not compile, a line too wide or a function without its why are refused", async () => {
    edit(
      "-- Creates the first operator from a valid setup link; the second use of the same link fails.\n",
      "",
    );
    edit("return found;", `return found or public.no_such_function(${"1, ".repeat(40)}1);`);
    edit("  if v_pulled then", "  if v_pulled = then");
    const problems = await check();
    expect(problems).toContainEqual(
      expect.stringMatching(/^01-operators\.sql:\d+: function use_setup_link needs its why/),
    );
    expect(problems).toContainEqual(expect.stringMatching(/\.sql:\d+: \d+ characters, at most 110/));
    expect(problems).toContainEqual(
      expect.stringMatching(/^function reserve_send.* does not compile: syntax error/),
    );
  });
});

describe("A hosted project, whose migrations run as a role that is no superuser", () => {
  const asHosted = (url: URL) => {
    url.username = "hosted";
    return url.href;
  };

  it("takes the same schema, and the desk works on it", async () => {
    await runMigrations(db, MIGRATIONS);
    const expected = await readCatalog(db);
    const url = await server.createDatabase();
    const owner = await openPostgres(url);
    const name = new URL(url).pathname.slice(1);
    await owner.exec(BOOTSTRAP_SQL);
    // As hosted: the schemas belong to others, the database and the publication to the role that migrates.
    await owner.exec(`
      drop event trigger upstream_after_ddl;
      create role hosted login nosuperuser createrole createdb;
      create role supabase_admin nologin;
      create role supabase_auth_admin nologin;
      alter database "${name}" owner to hosted;
      alter schema extensions owner to supabase_admin;
      alter schema realtime owner to supabase_admin;
      alter schema auth owner to supabase_auth_admin;
      alter table auth.users owner to supabase_auth_admin;
      alter publication supabase_realtime owner to hosted;
      grant usage on schema auth, extensions, realtime to hosted;
      grant all on auth.users to hosted;
      grant anon, authenticated, service_role to hosted;
      grant all on schema supabase_migrations to hosted;
      grant all on all tables in schema supabase_migrations to hosted;`);
    const hosted = await openPostgres(asHosted(new URL(url)));
    try {
      expect(await runMigrations(hosted, MIGRATIONS)).toEqual(["0001_baseline.sql"]);
      const differences = compareCatalogs(expected, await readCatalog(owner), ["a superuser", "hosted"]);
      // Those triggers stand in for hosted's own replication, and come with the embedded event trigger.
      expect(
        differences.filter((line) => !/^trigger \w+\._realtime: only in a superuser$/.test(line)),
      ).toEqual([]);
      const [user] = await owner.query<{ id: string }>(
        "insert into auth.users (email) values ('dana@desk.test') returning id",
      );
      if (!user) throw new Error("no user");
      await callerOn(hosted, SERVICE).rows(
        "insert into public.operators (id, email, display_name) values ($1, 'dana@desk.test', 'Dana')",
        [user.id],
      );
      const operator = callerOn(hosted, signedIn(user.id));
      await operator.call("set_kill_switch", { p_pulled: true, p_reason: "a look round" });
      expect(await operator.rows("select actor, action from public.audit_log")).toEqual([
        { actor: "Dana", action: "sending.stopped" },
      ]);
      await expect(
        callerOn(hosted, signedIn("00000000-0000-4000-8000-000000000000")).call("set_kill_switch", {
          p_pulled: false,
          p_reason: "",
        }),
      ).rejects.toThrow("Only a signed-in operator");
    } finally {
      await hosted.close();
      await owner.close();
    }
  });
});
