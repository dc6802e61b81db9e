import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Env } from "@/stack/http/listen";
import { answerJson, answerPage, cookie, redirect } from "../http/answers";
import { readForm } from "../http/read-body";
import type { Site, SiteContext } from "../http/route";
import { SiteError } from "../http/site-error";
import { COOKIE_SECONDS } from "../options";
import { homePage } from "../pages/home-page";
import { secondsLeft } from "../pages/phone-page";
import { signInPage } from "../pages/sign-in-page";
import { refusedPage, waitingPage } from "../pages/waiting-page";

export const SESSION_COOKIE = "costar_standin_session";
const SIGN_IN_COOKIE = "costar_standin_signin";
const FORGET_SIGN_IN = cookie(SIGN_IN_COOKIE, "", 0);

/** Sign-in form, waiting for the phone, and home: what a browser sees. */
export function addSignIn(site: Site, { options, signIns, market, now, logger }: SiteContext): void {
  const waitFor = (userAgent: string | undefined) => {
    const signIn = signIns.start(browserName(userAgent));
    logger.info("CoStar stand-in: a sign-in waits for the phone", { mode: options.twoFactor.mode });
    return cookie(SIGN_IN_COOKIE, signIn.id, Math.ceil(options.twoFactor.timeoutMs / 1_000) + 3_600);
  };
  const findSignIn = (context: Context<Env>) => signIns.find(getCookie(context, SIGN_IN_COOKIE) ?? null);
  const sessionOf = (context: Context<Env>) => getCookie(context, SESSION_COOKIE) ?? null;

  site.get("/", (context) => {
    const session = sessionOf(context);
    if (signIns.sessionEnd(session) !== null) return redirect("/suiteapps/home");
    return answerPage(200, signInPage(session ? "Your session has ended. Please sign in again." : ""));
  });
  site.post("/signin", async ({ env: { incoming } }) => {
    const form = await readForm(incoming);
    const username = form.get("username") ?? "";
    const right =
      isEqual(username, options.username) && isEqual(form.get("password") ?? "", options.password);
    if (!right) return answerPage(401, signInPage("The username or password is not right.", username));
    return redirect("/2fa", [waitFor(incoming.headers["user-agent"])]);
  });
  site.get("/2fa", (context) => {
    const signIn = findSignIn(context);
    if (!signIn) return redirect("/");
    if (signIns.stateOf(signIn) !== "waiting") return redirect("/2fa/finish");
    return answerPage(200, waitingPage(secondsLeft(signIn, now()), options.twoFactor.mode === "auto"));
  });
  site.get("/2fa/status", (context) => {
    const signIn = findSignIn(context);
    if (!signIn) throw new SiteError(404, "no sign-in is under way");
    return answerJson(200, { state: signIns.stateOf(signIn), secondsLeft: secondsLeft(signIn, now()) });
  });
  site.get("/2fa/finish", (context) => {
    const signIn = findSignIn(context);
    if (!signIn) return redirect("/");
    const state = signIns.stateOf(signIn);
    if (state === "waiting") return redirect("/2fa");
    if (state === "approved") {
      const session = cookie(SESSION_COOKIE, signIns.openSession(signIn), COOKIE_SECONDS);
      return redirect("/suiteapps/home", [session, FORGET_SIGN_IN]);
    }
    const why =
      state === "denied" ? "The phone denied the sign-in." : "Nobody answered on the phone in time.";
    return answerPage(403, refusedPage(why));
  });
  site.post("/2fa/again", (context) => {
    const signIn = findSignIn(context);
    if (!signIn) return redirect("/");
    signIns.forget(signIn.id);
    return redirect("/2fa", [waitFor(context.env.incoming.headers["user-agent"])]);
  });
  site.post("/2fa/cancel", (context) => {
    const id = getCookie(context, SIGN_IN_COOKIE);
    if (id) signIns.forget(id);
    return redirect("/", [FORGET_SIGN_IN]);
  });
  site.get("/suiteapps/home", (context) => {
    const ends = signIns.sessionEnd(sessionOf(context));
    return ends === null ? redirect("/") : answerPage(200, homePage(ends, market.properties.length));
  });
  site.post("/signout", (context) => {
    signIns.closeSession(sessionOf(context));
    return redirect("/", [cookie(SESSION_COOKIE, "", 0)]);
  });
}

function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function browserName(userAgent = ""): string {
  const browser = /(HeadlessChrome|Edg|Firefox|Chrome|Safari)/.exec(userAgent)?.[1] ?? "A browser";
  const system = /(Windows|Android|iPhone|Mac OS X|Linux)/.exec(userAgent)?.[1];
  return system ? `${browser} on ${system}` : browser;
}
