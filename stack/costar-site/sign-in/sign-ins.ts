import { randomBytes } from "node:crypto";
import { type CoStarSiteOptions, SESSION_MS } from "../options";

export type SignInState = "waiting" | "approved" | "denied" | "timed out";

export interface SignIn {
  id: string;
  browser: string;
  startedAtMs: number;
  expiresAtMs: number;
}

/** Sign-ins that wait for the phone, and the sessions that came of them. Kept in memory: a restart signs out. */
export class SignIns {
  readonly #signIns = new Map<string, SignIn & { verdict: "approved" | "denied" | null }>();
  readonly #sessions = new Map<string, number>();

  constructor(
    private readonly twoFactor: CoStarSiteOptions["twoFactor"],
    private readonly now: () => number,
  ) {}

  /** Starts waiting for the phone; the id goes into the browser's cookie. */
  start(browser: string): SignIn {
    const startedAtMs = this.now();
    const expiresAtMs = startedAtMs + this.twoFactor.timeoutMs;
    const signIn = { id: token(), browser, startedAtMs, expiresAtMs, verdict: null };
    this.#signIns.set(signIn.id, signIn);
    return signIn;
  }

  find(id: string | null): SignIn | null {
    return (id !== null && this.#signIns.get(id)) || null;
  }

  stateOf(signIn: SignIn): SignInState {
    const verdict = this.#signIns.get(signIn.id)?.verdict ?? null;
    if (verdict) return verdict;
    const { mode, afterMs = 3_000 } = this.twoFactor;
    if (mode === "auto" && afterMs <= this.twoFactor.timeoutMs && this.now() >= signIn.startedAtMs + afterMs)
      return "approved";
    return this.now() >= signIn.expiresAtMs ? "timed out" : "waiting";
  }

  /** Those that wait now, oldest first. */
  waiting(): SignIn[] {
    return [...this.#signIns.values()].filter((signIn) => this.stateOf(signIn) === "waiting");
  }

  /** The phone's answer; false when the sign-in no longer waits. */
  decide(id: string, verdict: "approved" | "denied"): boolean {
    const signIn = this.#signIns.get(id);
    if (!signIn || this.stateOf(signIn) !== "waiting") return false;
    signIn.verdict = verdict;
    return true;
  }

  forget(id: string): void {
    this.#signIns.delete(id);
  }

  /** Turns an approved sign-in, once, into a session's cookie value. */
  openSession(signIn: SignIn): string {
    this.#signIns.delete(signIn.id);
    const session = token();
    this.#sessions.set(session, this.now() + SESSION_MS);
    return session;
  }

  /** When the session ends, epoch ms; null when there is none or it ended. */
  sessionEnd(session: string | null): number | null {
    const end = session === null ? undefined : this.#sessions.get(session);
    return end !== undefined && end > this.now() ? end : null;
  }

  closeSession(session: string | null): void {
    if (session !== null) this.#sessions.delete(session);
  }
}

function token(): string {
  return randomBytes(24).toString("base64url");
}
