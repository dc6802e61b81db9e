import { expect, it } from "vitest";
import type { Askers } from "./rows";

const eq = (actual: unknown, expected: unknown) => expect(actual).toEqual(expected);
const match = (actual: unknown, expected: RegExp) => expect(String(actual)).toMatch(expected);

export function promiseErrors(askers: () => Askers): void {
  const service = () => askers().service;
  const ada = () => askers().ada;
  const anon = () => askers().anon;
  const authors = () => service().from("authors");
  const posts = () => service().from("posts");

  it("unique 23505 -> 409", async () => {
    const r = await authors().insert({ name: "D", email: "ada@x.io" });
    eq([r.status, r.error?.code], [409, "23505"]);
    match(r.error?.details, /already exists/);
  });
  it("fk 23503 -> 409", async () => {
    const r = await posts().insert({ author_id: 999, title: "x" });
    eq([r.status, r.error?.code], [409, "23503"]);
  });
  it("not null 23502 -> 400", async () => {
    const r = await posts().insert({ author_id: 1 });
    eq([r.status, r.error?.code], [400, "23502"]);
  });
  it("check 23514 -> 400", async () => {
    const r = await posts().insert({ author_id: 1, title: "t", views: -1 });
    eq([r.status, r.error?.code], [400, "23514"]);
  });
  it("no privilege anon 42501 -> 401", async () => {
    const r = await anon().from("secret_only").select("*");
    eq([r.status, r.error?.code], [401, "42501"]);
  });
  it("no privilege authenticated 42501 -> 403", async () => {
    const r = await ada().from("secret_only").select("*");
    eq([r.status, r.error?.code], [403, "42501"]);
  });
  it("invalid JWT -> 401", async () => {
    const r = await askers()
      .clientWith("eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.AAAA")
      .from("secret_only")
      .select("*");
    eq(r.status, 401);
    eq(r.data, null);
  });
  it("unsigned alg:none JWT rejected", async () => {
    const r = await askers()
      .clientWith("eyJhbGciOiJub25lIn0.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.")
      .from("secret_only")
      .select("*");
    eq(r.data, null);
    expect([401, 403]).toContain(r.status);
  });
}
