import { createServerClient } from "@supabase/ssr";
import type { SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { connect, ENGINES, PASSWORD, type Project, startProject } from "./project/start-project";

describe.each(ENGINES)("Sign-in on %s", (engine) => {
  let project: Project;
  let admin: SupabaseClient["auth"]["admin"];
  let people = 0;
  beforeAll(async () => {
    project = await startProject(engine);
    admin = project.service.auth.admin;
  });
  afterAll(() => project?.stop());

  const newEmail = () => `person${++people}@example.com`;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${project.api.url}/auth/v1/${path}`, {
      method: "POST",
      headers: { apikey: project.api.publishableKey, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const refresh = async (token: string) => {
    const response = await post("token?grant_type=refresh_token", { refresh_token: token });
    return {
      status: response.status,
      ...((await response.json()) as { code?: string; refresh_token?: string }),
    };
  };

  it("signs a person in through cookies, and checks the token without asking the server", async () => {
    const email = newEmail();
    await admin.createUser({
      email,
      password: PASSWORD,
      email_confirm: true,
      app_metadata: { desk: "west" },
    });
    const jar = new Map<string, string>();
    const client = () => {
      // Node 20 has no WebSocket of its own, and createServerClient offers no other way to give it one.
      globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
      return createServerClient(project.api.url, project.api.publishableKey, {
        cookies: {
          getAll: () => [...jar].map(([name, value]) => ({ name, value })),
          setAll: (cookies) => {
            for (const { name, value } of cookies) value ? jar.set(name, value) : jar.delete(name);
          },
        },
      });
    };
    await client().auth.signInWithPassword({ email, password: PASSWORD });
    const { data } = await client().auth.getClaims();
    expect(data?.header.alg).toBe("ES256");
    expect(data?.claims).toMatchObject({ email, role: "authenticated", app_metadata: { desk: "west" } });
    expect((await client().auth.getUser()).data.user?.id).toBe(data?.claims.sub);
    await client().auth.signOut();
    expect(jar.size).toBe(0);
  });

  it("does not say whether the address or the password was wrong", async () => {
    const { client } = await project.signIn(newEmail());
    const { data } = await client.auth.getUser();
    const wrong = [data.user?.email ?? "", "nobody@example.com"].map((email) =>
      client.auth.signInWithPassword({ email, password: "wrong password" }),
    );
    for (const { error } of await Promise.all(wrong))
      expect([error?.status, error?.code]).toEqual([400, "invalid_credentials"]);
  });

  it("refuses the eleventh wrong password for an address, and the right one after it", async () => {
    const { client } = await project.signIn("target@example.com");
    const attempt = async (password: string) =>
      (await client.auth.signInWithPassword({ email: "Target@example.com", password })).error?.status;
    expect(await Promise.all(Array.from({ length: 10 }, () => attempt("guess")))).toEqual(
      Array(10).fill(400),
    );
    expect(await attempt(PASSWORD)).toBe(429);
    expect((await project.signIn(newEmail())).token).toBeTruthy();
  });

  /** As if every token had been used up so many seconds earlier. */
  const age = (seconds: number) =>
    project.db.query(
      `update auth.refresh_tokens set revoked_at = revoked_at - interval '${seconds} seconds' where revoked_at is not null`,
    );
  const firstToken = async () => {
    const { client } = await project.signIn(newEmail());
    return (await client.auth.getSession()).data.session?.refresh_token ?? "";
  };

  it("gives the active token again to whoever lost the answer with it, however much later", async () => {
    const first = await firstToken();
    const second = await refresh(first);
    await age(3_600);
    expect(await refresh(first)).toMatchObject({ status: 200, refresh_token: second.refresh_token });
    const third = await refresh(second.refresh_token ?? "");
    expect(third.status).toBe(200);
    expect(third.refresh_token).not.toBe(second.refresh_token);
  });

  it("keeps one chain when two tabs refresh with the same token, in any order", async () => {
    const first = await firstToken();
    const both = await Promise.all([refresh(first), refresh(first)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0]?.refresh_token).toBe(both[1]?.refresh_token);
    const next = await refresh(both[0]?.refresh_token ?? "");
    expect(await refresh(first)).toMatchObject({ status: 200, refresh_token: next.refresh_token });
  });

  it("ends the whole session when an old token is used again that is nobody's lost answer", async () => {
    const first = await firstToken();
    const second = await refresh(first);
    const third = await refresh(second.refresh_token ?? "");
    await age(11);
    expect(await refresh(first)).toMatchObject({ status: 400, code: "refresh_token_already_used" });
    expect(await refresh(third.refresh_token ?? "")).toMatchObject({
      status: 400,
      code: "refresh_token_not_found",
    });
  });

  it("forgets a signed-out session at once", async () => {
    const { client, token } = await project.signIn(newEmail());
    await client.auth.signOut();
    const { error } = await project.anon.auth.getUser(token);
    expect(error?.name).toBe("AuthSessionMissingError");
  });

  it("lets a person change password and details, and signs their other sessions out", async () => {
    const email = newEmail();
    const { client, token } = await project.signIn(email);
    const other = await project.anon.auth.signInWithPassword({ email, password: PASSWORD });
    const same = await client.auth.updateUser({ password: PASSWORD });
    expect(same.error?.code).toBe("same_password");
    const { data } = await client.auth.updateUser({
      password: "another one",
      data: { name: "Ada", gone: null },
    });
    expect(data.user?.user_metadata).toEqual({ name: "Ada" });
    const elsewhere = await project.anon.auth.getUser(other.data.session?.access_token);
    expect(elsewhere.error?.name).toBe("AuthSessionMissingError");
    expect((await project.anon.auth.getUser(token)).error).toBeNull();
    expect((await client.auth.updateUser({ email: "new@example.com" })).error?.status).toBe(422);
  });

  it("lets nobody sign up by themselves", async () => {
    const { error } = await project.anon.auth.signUp({ email: newEmail(), password: PASSWORD });
    expect([error?.status, error?.code]).toEqual([422, "signup_disabled"]);
  });

  it("creates, finds, lists, changes, bans and deletes people for an administrator", async () => {
    const email = newEmail();
    const created = await admin.createUser({
      email,
      password: PASSWORD,
      email_confirm: true,
      app_metadata: { a: 1 },
    });
    const id = created.data.user?.id ?? "";
    expect((await admin.createUser({ email, password: PASSWORD })).error?.code).toBe("email_exists");
    expect((await admin.getUserById(id)).data.user?.email).toBe(email);
    const list = await admin.listUsers({ page: 1, perPage: 2 });
    expect(list.data.users.length).toBe(2);
    const changed = await admin.updateUserById(id, { app_metadata: { b: 2 }, ban_duration: "1h" });
    expect(changed.data.user?.app_metadata).toMatchObject({ a: 1, b: 2 });
    const banned = await project.anon.auth.signInWithPassword({ email, password: PASSWORD });
    expect(banned.error?.code).toBe("user_banned");
    await admin.updateUserById(id, { ban_duration: "none" });
    expect((await project.anon.auth.signInWithPassword({ email, password: PASSWORD })).error).toBeNull();
    expect((await admin.deleteUser(id)).error).toBeNull();
    expect((await admin.getUserById(id)).error?.code).toBe("user_not_found");
  });

  it("gives the administration to the secret key alone", async () => {
    const { client, token } = await project.signIn(newEmail());
    for (const asker of [project.anon, client, project.clientWith(token)])
      expect((await asker.auth.admin.listUsers()).error?.status).toBeGreaterThanOrEqual(401);
  });

  it("signs in a person whom a seed wrote with a bcrypt hash, as hosted stores it", async () => {
    await project.db.query(
      `insert into auth.users(email, encrypted_password, email_confirmed_at)
       values ('seed@example.com', extensions.crypt('from the seed', extensions.gen_salt('bf', 4)), now())`,
    );
    const { error } = await project.anon.auth.signInWithPassword({
      email: "seed@example.com",
      password: "from the seed",
    });
    expect(error).toBeNull();
  });

  it("stores neither passwords nor refresh tokens in the clear", async () => {
    const { client } = await project.signIn(newEmail());
    const token = (await client.auth.getSession()).data.session?.refresh_token ?? "none";
    const dump = await project.db.query<{ text: string }>(
      "select u::text as text from auth.users u union all select t::text from auth.refresh_tokens t",
    );
    const text = dump.map((row) => row.text).join("\n");
    expect([text.includes(PASSWORD), text.includes(token)]).toEqual([false, false]);
  });

  it("answers malformed input with 400, never with a fault of its own", async () => {
    const bodies = [
      "{",
      "[]",
      "null",
      '{"email":{},"password":[]}',
      '{"email":"a@b.c","password":"\\u0000"}',
      '"x"',
    ];
    for (const body of bodies)
      for (const grant of ["password", "refresh_token", "nonsense"])
        expect([400, 401]).toContain((await post(`token?grant_type=${grant}`, body)).status);
    const secret = { apikey: project.api.secretKey };
    for (const body of [
      ...bodies,
      '{"id":"x"}',
      '{"email":"a@b.co","ban_duration":"1 year"}',
      '{"email":"a@b.co","role":"postgres"}',
    ])
      expect((await post("admin/users", body, secret)).status).toBe(400);
    expect((await post("recover", {})).status).toBe(404);
  });

  it("keeps tokens valid over a restart, and refuses those of another project", async () => {
    const { token } = await project.signIn(newEmail());
    const again = await startSupabase({ db: project.db, port: 0 });
    expect((await connect(again.url, again.publishableKey).auth.getUser(token)).error).toBeNull();
    await again.close();
    await project.db.query("delete from auth.signing_keys");
    const other = await startSupabase({ db: project.db, port: 0 });
    const { status } = await connect(other.url, other.publishableKey, token).from("authors").select("id");
    expect(status).toBe(401);
    await other.close();
  });
});
