import { afterEach, describe, expect, it } from "vitest";
import type { CoStarSite } from "@/stack/costar-site/start-costar-site";
import { Browser, inMarkets, payload, startSite, USERNAME } from "./browser";

let site: CoStarSite | undefined;
afterEach(async () => {
  await site?.close();
});

async function start(twoFactor: Parameters<typeof startSite>[0] = { mode: "phone" }) {
  const started = await startSite(twoFactor);
  site = started.site;
  return { ...started, desk: new Browser(started.site), phone: new Browser(started.site) };
}

function pendingId(html: string): string {
  return /name="id" value="([^"]+)"/.exec(html)?.[1] ?? "";
}

describe("signing in to the CoStar stand-in", () => {
  it("shows CoStar's form and says on every page that it is a stand-in", async () => {
    const { desk, phone } = await start();
    const form = await desk.get("/");
    for (const id of ["signinform", "username", "password", "loginButton"]) {
      expect(form.html).toContain(`id="${id}"`);
    }
    const waiting = await desk.signIn();
    const pages = [form, waiting, await phone.get("/phone")];
    for (const { html } of pages) {
      expect(html).toContain('<meta name="generator" content="CoStar stand-in">');
    }
  });

  it("says so when the password is wrong, and keeps the username", async () => {
    const { desk } = await start();
    const answer = await desk.submit("/signin", { username: USERNAME, password: "no" });
    expect(answer.status).toBe(401);
    expect(answer.html).toContain("not right");
    expect(answer.html).toContain(USERNAME);
  });

  it("waits until the phone approves, then goes home", async () => {
    const { desk, phone } = await start();
    expect((await desk.signIn()).path).toBe("/2fa");
    expect((await desk.get("/suiteapps/home")).path).toBe("/");
    const list = await phone.get("/phone");
    expect(list.html).toContain("Approve sign-in");
    const after = await phone.submit("/phone/decide", { id: pendingId(list.html), verdict: "approved" });
    expect(after.html).toContain("Nothing waits");
    expect((await desk.get("/2fa/finish")).path).toBe("/suiteapps/home");
  });

  it("does not let one browser in on another's approval", async () => {
    const { desk, phone, site } = await start();
    await desk.signIn();
    const stranger = new Browser(site);
    await phone.submit("/phone/decide", {
      id: pendingId((await phone.get("/phone")).html),
      verdict: "approved",
    });
    expect((await stranger.get("/2fa/finish")).path).toBe("/");
  });

  it("tells the desk when the phone denies, and asks again on request", async () => {
    const { desk, phone } = await start();
    await desk.signIn();
    await phone.submit("/phone/decide", {
      id: pendingId((await phone.get("/phone")).html),
      verdict: "denied",
    });
    const refused = await desk.get("/2fa");
    expect(refused.status).toBe(403);
    expect(refused.html).toContain("denied");
    expect((await desk.submit("/2fa/again")).path).toBe("/2fa");
    expect((await phone.get("/phone")).html).toContain("Approve sign-in");
  });

  it("gives up when nobody answers in time", async () => {
    const { desk, clock } = await start({ mode: "phone", timeoutMs: 30_000 });
    await desk.signIn();
    clock.nowMs += 30_000;
    expect((await desk.get("/2fa")).html).toContain("Nobody answered");
  });

  it("approves by itself in auto mode, not before its time", async () => {
    const { desk, clock } = await start({ mode: "auto", afterMs: 2_000 });
    expect((await desk.signIn()).path).toBe("/2fa");
    clock.nowMs += 2_000;
    expect((await desk.get("/2fa")).path).toBe("/suiteapps/home");
  });

  it("answers 401 without a session and after two hours", async () => {
    const { desk, clock } = await start({ mode: "auto", afterMs: 0 });
    const query = payload({ PropertyTypes: [2] }, inMarkets(825));
    const search = () => desk.post("/bff2/property/search/count", query);
    expect((await search()).status).toBe(401);
    await desk.signIn();
    expect((await search()).status).toBe(200);
    clock.nowMs += 2 * 3_600_000;
    expect((await search()).status).toBe(401);
    expect((await desk.get("/suiteapps/home")).html).toContain("session has ended");
  });
});
