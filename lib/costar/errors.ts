/** The session is not good any more (401 or 403): someone must sign in and tap the phone again. */
export class SessionGoneError extends Error {
  override name = "SessionGoneError";
  constructor(readonly status: number) {
    super(`CoStar answered ${status}: the session has ended. Approve the sign-in on the phone again.`);
  }
}

/** CoStar asked us to slow down or refused; the extraction stops at once rather than insist. */
export class RefusedError extends Error {
  override name = "RefusedError";
  constructor(readonly status: number) {
    super(`CoStar refused with ${status}. The extraction stopped; try again later.`);
  }
}

/** The answer is not what these endpoints answer. */
export class OddAnswerError extends Error {
  override name = "OddAnswerError";
}

/** Signing in did not end in a session: wrong credentials, no tap, no browser. */
export class SignInError extends Error {
  override name = "SignInError";
}
