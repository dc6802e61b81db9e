import { AgentError } from "@/lib/agents/failure";
import { skipOnRelay } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, note, skipped } from "@/lib/parts/doctor/check";

/** One real question, which costs a fraction of a cent: nothing else says whether a sign-in still holds. */
export const claudeSignIn: Check = {
  id: "claude-sign-in",
  group: "The desk",
  title: "Claude sign-in",
  limitMs: 75_000,
  skip: skipOnRelay,
  look: async ({ askClaude }) => {
    try {
      await askClaude();
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      switch (error.kind) {
        case "not_installed":
          return skipped("There is no Claude Code to ask.");
        case "no_answer":
          return /stand-in/i.test(error.detail)
            ? skipped("A stand-in plays Claude Code here.")
            : note("It is signed in and answered, but not in the form that was asked for.");
        case "not_signed_in":
          return mend("Claude Code is not signed in.", "Run claude once in a terminal and sign in.");
        case "rate_limited":
        case "overloaded":
          return note(error.message);
        default:
          return mend(
            `Claude Code did not answer: ${error.message}`,
            "Ask it something by hand: claude -p hello. Mend what it says, then run the doctor again.",
          );
      }
    }
    return fine("It is signed in and answered a question.");
  },
};
