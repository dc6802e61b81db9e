import { createHash, timingSafeEqual } from "node:crypto";
import { cookie, readCookie, redirect, sendJson, sendPage } from "../http/answers";
import { readForm } from "../http/read-body";
import type { RouteTable, SiteContext } from "../http/route";
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
export function signInRoutes({ options, signIns, market, now, logger }: SiteContext): RouteTable {
  const waitFor = (userAgent: string | undefined) => {
    const signIn = signIns.start(browserName(userAgent));
    logger.info("CoStar stand-in: a sign-in waits for the phone", { mode: options.twoFactor.mode });
    return cookie(SIGN_IN_COOKIE, signIn.id, Math.ceil(options.twoFactor.timeoutMs / 1_000) + 3_600);
  };
  return {
    "GET /": (request, response) => {
      const session = readCookie(request, SESSION_COOKIE);
      if (signIns.sessionEnd(session) !== null) return redirect(response, "/suiteapps/home");
      sendPage(response, 200, signInPage(session ? "Your session has ended. Please sign in again." : ""));
    },
    "POST /signin": async (request, response) => {
      const form = await readForm(request);
      const username = form.get("username") ?? "";
      const right =
        isEqual(username, options.username) && isEqual(form.get("password") ?? "", options.password);
      if (!right) {
        return sendPage(response, 401, signInPage("The username or password is not right.", username));
      }
      redirect(response, "/2fa", [waitFor(request.headers["user-agent"])]);
    },
    "GET /2fa": (request, response) => {
      const signIn = signIns.find(readCookie(request, SIGN_IN_COOKIE));
      if (!signIn) return redirect(response, "/");
      if (signIns.stateOf(signIn) !== "waiting") return redirect(response, "/2fa/finish");
      sendPage(response, 200, waitingPage(secondsLeft(signIn, now()), options.twoFactor.mode === "auto"));
    },
    "GET /2fa/status": (request, response) => {
      const signIn = signIns.find(readCookie(request, SIGN_IN_COOKIE));
      if (!signIn) throw new SiteError(404, "no sign-in is under way");
      sendJson(response, 200, {
        state: signIns.stateOf(signIn),
        secondsLeft: secondsLeft(signIn, now()),
      });
    },
    "GET /2fa/finish": (request, response) => {
      const signIn = signIns.find(readCookie(request, SIGN_IN_COOKIE));
      if (!signIn) return redirect(response, "/");
      const state = signIns.stateOf(signIn);
      if (state === "waiting") return redirect(response, "/2fa");
      if (state === "approved") {
        const session = cookie(SESSION_COOKIE, signIns.openSession(signIn), COOKIE_SECONDS);
        return redirect(response, "/suiteapps/home", [session, FORGET_SIGN_IN]);
      }
      const why =
        state === "denied" ? "The phone denied the sign-in." : "Nobody answered on the phone in time.";
      sendPage(response, 403, refusedPage(why));
    },
    "POST /2fa/again": (request, response) => {
      const signIn = signIns.find(readCookie(request, SIGN_IN_COOKIE));
      if (!signIn) return redirect(response, "/");
      signIns.forget(signIn.id);
      redirect(response, "/2fa", [waitFor(request.headers["user-agent"])]);
    },
    "POST /2fa/cancel": (request, response) => {
      const id = readCookie(request, SIGN_IN_COOKIE);
      if (id) signIns.forget(id);
      redirect(response, "/", [FORGET_SIGN_IN]);
    },
    "GET /suiteapps/home": (request, response) => {
      const ends = signIns.sessionEnd(readCookie(request, SESSION_COOKIE));
      if (ends === null) return redirect(response, "/");
      sendPage(response, 200, homePage(ends, market.properties.length));
    },
    "POST /signout": (request, response) => {
      signIns.closeSession(readCookie(request, SESSION_COOKIE));
      redirect(response, "/", [cookie(SESSION_COOKIE, "", 0)]);
    },
  };
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
