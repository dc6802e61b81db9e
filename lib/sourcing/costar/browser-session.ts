import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright";
import { env } from "@/lib/config/env";
import { logger } from "@/lib/log/logger";
import { OddAnswerError, RefusedError, SessionGoneError, SignInError } from "./errors";
import { launchBrowser } from "./launch-browser";
import { showCoStarState } from "./session-state";

const SESSION_MS = 2 * 3_600_000;
const REQUEST_TIMEOUT_MS = 30_000;
const SIGNED_IN = /\/(home\/|suiteapps\/home)/;

interface Session {
  readonly browser: Browser;
  readonly page: Page;
  readonly expiresAt: number;
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
export function isConnected(): boolean {
  return (
    state.session !== undefined && state.session.expiresAt > Date.now() && state.session.browser.isConnected()
  );
}

/**
 * Signs in and waits for the tap on the phone, showing every state as it comes. Callers at the same time share one
 * sign-in.
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

/** Ends the session and its browser. */
export async function disconnectCoStar(
  to: "offline" | "expired" = "offline",
  detail?: string,
): Promise<void> {
  const session = state.session;
  state.session = undefined;
  await session?.browser
    .close()
    .catch((error: unknown) => logger.warn({ err: error }, "browser did not close"));
  await showCoStarState(to, { detail });
}

async function signIn(isWanted: () => Promise<boolean>): Promise<void> {
  const { COSTAR_USERNAME: username, COSTAR_PW: password, COSTAR_URL: url } = env();
  if (!username || !password)
    throw new SignInError(
      "Set COSTAR_USERNAME and COSTAR_PW to sign in to CoStar, then start the desk again.",
    );
  await showCoStarState("starting");
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(REQUEST_TIMEOUT_MS);
    await page.goto(url, { timeout: REQUEST_TIMEOUT_MS });
    if (!SIGNED_IN.test(page.url())) {
      await page.fill("#signinform #username", username);
      await page.fill("#signinform #password", password);
      await page.click("#signinform #loginButton");
      await waitForPhone(page, isWanted);
    }
    const expiresAt = Date.now() + SESSION_MS;
    state.session = { browser, page, expiresAt };
    await showCoStarState("connected", { expiresAt });
  } catch (error) {
    await browser.close().catch(() => undefined);
    const failure =
      error instanceof SignInError
        ? error
        : new SignInError("CoStar's sign-in page did not behave as expected.", { cause: error });
    await showCoStarState("error", { detail: failure.message });
    throw failure;
  }
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

/**
 * Makes one JSON request inside the signed-in page.
 * @throws {SessionGoneError | RefusedError | OddAnswerError}
 */
export async function requestCoStar(path: string, body: unknown): Promise<unknown> {
  const session = state.session;
  if (!session || !isConnected()) throw new SessionGoneError(401);
  await takeTurn();
  const answer = await session.page.evaluate(
    async ({ path, body, timeout }) => {
      const response = await fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        credentials: "include",
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      });
      return { status: response.status, text: await response.text() };
    },
    { path, body, timeout: REQUEST_TIMEOUT_MS },
  );
  if (answer.status === 401 || answer.status === 403) {
    await disconnectCoStar("expired", "CoStar ended the session.");
    throw new SessionGoneError(answer.status);
  }
  if (answer.status === 429 || answer.status === 451) throw new RefusedError(answer.status);
  if (answer.status >= 400)
    throw new OddAnswerError(`CoStar answered ${answer.status}: ${answer.text.slice(0, 200)}`);
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    throw new OddAnswerError(`CoStar answered something that is not JSON: ${answer.text.slice(0, 200)}`, {
      cause,
    });
  }
}
