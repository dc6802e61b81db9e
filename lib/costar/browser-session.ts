import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { BrowserContext, Page } from "playwright";
import { env } from "@/lib/server/env";
import { logger } from "@/lib/server/logger";
import { OddAnswerError, RefusedError, SessionGoneError, SignInError } from "./errors";
import { forgetKeptSession, type KeptSession, keepSession, readKeptSession } from "./kept-session";
import { closeBrowser, launchBrowser } from "./launch-browser";
import { showCoStarState } from "./session-state";

const SESSION_MS = 2 * 3_600_000;
const REQUEST_TIMEOUT_MS = 30_000;
const SIGNED_IN = /\/(home\/|suiteapps\/home)/;

interface Session {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly expiresAt: number;
  /** When the phone was tapped for it, and when its cookies were last kept */
  readonly signedInAt: number;
  keptAt: number;
}

// Next may load this module more than once in a process; the browser must still be one.
interface CoStarState {
  session?: Session;
  connecting?: Promise<void>;
  /** Resolves when the next request may be made */
  turn?: Promise<void>;
}
const shared = globalThis as { upstreamCoStar?: CoStarState };
shared.upstreamCoStar ??= {};
const state = shared.upstreamCoStar;

/** Whether requests can be made now without a phone. */
function isConnected(): boolean {
  const session = state.session;
  return session !== undefined && session.expiresAt > Date.now() && !session.page.isClosed();
}

/**
 * Connects with the cookies of the last session where CoStar still takes them; else signs in and waits for the tap on the phone,
 * showing every state as it comes. Callers at the same time share one sign-in.
 * @param isWanted asked each second; false ends the wait.
 * @throws {SignInError} in words for a person.
 */
export async function connectCoStar(isWanted: () => Promise<boolean>): Promise<void> {
  if (isConnected()) return;
  state.connecting ??= signIn(isWanted).finally(() => {
    state.connecting = undefined;
  });
  await state.connecting;
}

/** Ends the session and its browser; its cookies are kept unless CoStar itself ended it. */
export async function disconnectCoStar(
  to: "offline" | "expired" = "offline",
  detail?: string,
): Promise<void> {
  await closeSession();
  if (to === "expired") await forgetKeptSession();
  await showCoStarState(to, { detail });
}

async function closeSession(): Promise<void> {
  const session = state.session;
  state.session = undefined;
  if (!session) return;
  await closeBrowser(session.context).catch((error: unknown) =>
    logger.warn({ err: error }, "browser did not close"),
  );
}

async function signIn(isWanted: () => Promise<boolean>): Promise<void> {
  const { COSTAR_USERNAME: username, COSTAR_PW: password, COSTAR_URL: url } = env();
  if (!username || !password)
    throw new SignInError(
      "Set COSTAR_USERNAME and COSTAR_PW to sign in to CoStar, then start the desk again.",
    );
  await showCoStarState("starting");
  // One that ran out of time still holds a browser, and perhaps the profile folder.
  await closeSession();
  const kept = env().COSTAR_PROFILE_DIR ? null : await readKeptSession();
  const context = await launch(kept);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(REQUEST_TIMEOUT_MS);
    await page.goto(url, { timeout: REQUEST_TIMEOUT_MS });
    const isKnown = await landsSignedIn(page);
    if (!isKnown) {
      await page.fill("#signinform #username", username);
      await page.fill("#signinform #password", password);
      await page.click("#signinform #loginButton");
      await waitForPhone(page, isWanted);
    }
    const now = Date.now();
    const signedInAt = isKnown && kept ? kept.signedInAt : now;
    state.session = { context, page, expiresAt: now + SESSION_MS, signedInAt, keptAt: now };
    await keepCookies(state.session);
    await showCoStarState("connected", { expiresAt: state.session.expiresAt });
  } catch (error) {
    state.session = undefined;
    await closeBrowser(context).catch(() => undefined);
    const failure =
      error instanceof SignInError
        ? error
        : new SignInError("CoStar's sign-in page did not behave as expected.", { cause: error });
    await showCoStarState("error", { detail: failure.message });
    throw failure;
  }
}

/** A browser that does not start is a state a person sees, like any other end of a sign-in. */
async function launch(kept: KeptSession | null): Promise<BrowserContext> {
  try {
    return await launchBrowser(kept?.storage ?? null);
  } catch (error) {
    if (error instanceof SignInError) await showCoStarState("error", { detail: error.message });
    throw error;
  }
}

/** Whether CoStar took the kept cookies: it leads home by itself then, and to the form otherwise. */
async function landsSignedIn(page: Page): Promise<boolean> {
  const settled = (arrival: Promise<unknown>) => arrival.catch(() => undefined);
  await Promise.race([
    settled(page.waitForURL(SIGNED_IN, { timeout: REQUEST_TIMEOUT_MS })),
    settled(page.waitForSelector("#signinform", { timeout: REQUEST_TIMEOUT_MS })),
  ]);
  return SIGNED_IN.test(page.url());
}

const KEEP_EVERY_MS = 5 * 60_000;

/** Cookies change while a session is used; the newest are the ones that are taken again. A profile folder keeps its own. */
async function keepCookies(session: Session): Promise<void> {
  if (env().COSTAR_PROFILE_DIR) return;
  session.keptAt = Date.now();
  await keepSession({ storage: await session.context.storageState(), signedInAt: session.signedInAt });
}

async function waitForPhone(page: Page, isWanted: () => Promise<boolean>): Promise<void> {
  const seconds = env().COSTAR_2FA_TIMEOUT_S;
  const deadlineAt = Date.now() + seconds * 1000;
  await showCoStarState("waiting_2fa", { deadlineAt });
  while (Date.now() < deadlineAt) {
    const arrived = await page.waitForURL(SIGNED_IN, { timeout: 1000 }).then(
      () => true,
      () => false,
    );
    if (arrived) return;
    if (page.isClosed()) throw new SignInError("The browser was closed before the sign-in was done.");
    const complaint = await page
      .locator("[role=alert]")
      .first()
      .textContent({ timeout: 200 })
      .catch(() => null);
    if (complaint?.trim()) throw new SignInError(`CoStar says: ${complaint.trim()}`);
    if (!(await isWanted())) throw new SignInError("The sign-in was cancelled.");
  }
  throw new SignInError(
    `The tap on the phone did not come within ${seconds} seconds. Try again when it is at hand.`,
  );
}

/** One request at a time at the fixed polite rate, however many extractions share the session. */
async function takeTurn(): Promise<void> {
  const turn = state.turn ?? Promise.resolve();
  state.turn = turn.then(() => pause(60_000 / env().COSTAR_REQUESTS_PER_MINUTE));
  await turn;
}

const RETRY_AFTER_MS = [1_000, 3_000, 9_000];

/**
 * Makes one JSON request inside the signed-in page. A request that fails on the way, or a server that stumbles, is asked again at most
 * three times, ever later; a refusal and an ended session never are.
 * @throws {SessionGoneError | RefusedError | OddAnswerError}
 */
export async function requestCoStar(path: string, body: unknown): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    const session = state.session;
    if (!session || !isConnected()) throw new SessionGoneError(401);
    await takeTurn();
    const answer = await askPage(session, path, body);
    const wait = RETRY_AFTER_MS[attempt];
    if (wait !== undefined && (answer.status === 0 || answer.status >= 500)) {
      await pause(wait);
      continue;
    }
    return readAnswer(session, answer);
  }
}

interface RawAnswer {
  /** 0 when nothing came back */
  readonly status: number;
  readonly text: string;
}

async function askPage(session: Session, path: string, body: unknown): Promise<RawAnswer> {
  try {
    return await session.page.evaluate(
      async ({ path, body, timeout }) => {
        try {
          const response = await fetch(path, {
            method: "POST",
            headers: { "content-type": "application/json" },
            credentials: "include",
            body: JSON.stringify(body),
            signal: AbortSignal.timeout(timeout),
          });
          return { status: response.status, text: await response.text() };
        } catch (error) {
          return { status: 0, text: String(error) };
        }
      },
      { path, body, timeout: REQUEST_TIMEOUT_MS },
    );
  } catch (cause) {
    // Somebody closed the window, or the browser died with it.
    if (!session.page.isClosed()) return { status: 0, text: String(cause) };
    await disconnectCoStar("offline", "The browser was closed.");
    throw new SessionGoneError(401);
  }
}

async function readAnswer(session: Session, answer: RawAnswer): Promise<unknown> {
  if (answer.status === 401 || answer.status === 403) {
    await disconnectCoStar("expired", "CoStar ended the session.");
    throw new SessionGoneError(answer.status);
  }
  if (answer.status === 429 || answer.status === 451) throw new RefusedError(answer.status);
  if (answer.status === 0) throw new OddAnswerError(`CoStar did not answer: ${answer.text.slice(0, 200)}`);
  if (answer.status >= 400)
    throw new OddAnswerError(`CoStar answered ${answer.status}: ${answer.text.slice(0, 200)}`);
  if (Date.now() - session.keptAt > KEEP_EVERY_MS) await keepCookies(session);
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    throw new OddAnswerError(`CoStar answered something that is not JSON: ${answer.text.slice(0, 200)}`, {
      cause,
    });
  }
}
