import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { NOON, runCampaign } from "./support/make-campaign";
import { reserve } from "./support/make-mail";
import { openDesk } from "./support/open-desk";
import { MIGRATIONS } from "./support/prepare-database";

const desk = openDesk();
let api: { url: string; close(): Promise<void> } | undefined;
let door: typeof import("@/lib/sending/answer-unsubscribe");
let headers: typeof import("@/lib/sending/unsubscribe-headers");

beforeAll(async () => {
  api = await startSupabase({ db: desk.database(), port: 0, migrationsDir: MIGRATIONS });
  Object.assign(process.env, {
    SUPABASE_URL: api.url,
    PUBLIC_URL: "https://mail.harborpoint.example",
    LOG_LEVEL: "ERROR",
  });
  // Settings are read once, when the first of these is loaded.
  [door, headers] = await Promise.all([
    import("@/lib/sending/answer-unsubscribe"),
    import("@/lib/sending/unsubscribe-headers"),
  ]);
});
afterAll(() => api?.close());

const ask = async (method: "GET" | "POST", url: string, body?: string) => {
  const answer = await door.answerUnsubscribe(
    new Request(url, {
      method,
      body,
      headers: body ? { "content-type": "application/x-www-form-urlencoded" } : {},
    }),
  );
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
};
const linkOf = async (mailbox: string | undefined) => {
  const { send } = await reserve(desk().service, mailbox, NOON);
  const { url = "", mailto } = await headers.unsubscribeHeaders(send?.id ?? "", "desk+a@harborpoint.example");
  return { url, mailto, to: send?.to ?? "" };
};
const optedOut = () =>
  desk().db.query<{ value: string }>("select value from email_exclusions where source = 'opt_out'");

describe("The unsubscribe link of a mail", () => {
  it("asks first, and changes nothing when a link checker opens it", async () => {
    const { url, mailto } = await linkOf((await runCampaign(desk())).mailboxes[0]);
    expect(url).toMatch(/^https:\/\/mail\.harborpoint\.example\/unsubscribe\?token=[\w-]{64}$/);
    expect(mailto).toBe("mailto:desk%2Ba@harborpoint.example?subject=unsubscribe");
    const page = await ask("GET", url);
    expect(page.status).toBe(200);
    expect(page.html).toContain('<form method="post">');
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(await optedOut()).toEqual([]);
  });

  it("opts out by one click of a mail program (RFC 8058), and says the same the second time", async () => {
    const { url, to } = await linkOf((await runCampaign(desk())).mailboxes[0]);
    const first = await ask("POST", url, "List-Unsubscribe=One-Click");
    const second = await ask("POST", url, "List-Unsubscribe=One-Click");
    expect(first.status).toBe(200);
    expect(second.html).toBe(first.html);
    expect(await optedOut()).toEqual([{ value: to }]);
  });

  it("tells nobody whether a mail or an address exists", async () => {
    const real = await linkOf((await runCampaign(desk())).mailboxes[0]);
    const { url: gone = "" } = await headers.unsubscribeHeaders(
      "00000000-0000-4000-8000-000000000000",
      "desk@x.test",
    );
    for (const method of ["GET", "POST"] as const) {
      const [there, nowhere] = [await ask(method, real.url), await ask(method, gone)];
      expect([nowhere.status, nowhere.html]).toEqual([there.status, there.html]);
      expect(there.html).not.toContain(real.to);
    }
  });

  it("that was cut off or made up says what to do instead, and does nothing", async () => {
    const { url } = await linkOf((await runCampaign(desk())).mailboxes[0]);
    for (const bad of [
      url.slice(0, -1),
      "https://mail.harborpoint.example/unsubscribe",
      `${url.slice(0, -1)}!`,
    ]) {
      const answer = await ask("POST", bad);
      expect(answer.status).toBe(400);
      expect(answer.html).toContain("unsubscribe</b>");
    }
    expect(await optedOut()).toEqual([]);
  });

  it("is answered at most 120 times a minute to one visitor", async () => {
    const { url } = await linkOf((await runCampaign(desk())).mailboxes[0]);
    const statuses = new Set<number>();
    for (let visit = 0; visit < 121; visit++) statuses.add((await ask("GET", `${url}x`)).status);
    expect(statuses).toEqual(new Set([400, 429]));
  });
});
