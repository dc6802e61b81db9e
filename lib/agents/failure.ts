/** Why an agent run came to nothing, and what an operator can do about it. */
export const AGENT_FAILURES = {
  not_installed: "The Claude Code program was not found. Set CLAUDE_CODE_PATH to it, or install it.",
  not_signed_in: "Claude Code is not signed in. Run `claude` once on this PC and sign in.",
  rate_limited: "The provider limits how often it is asked. It is tried again later.",
  overloaded: "The provider is overloaded. It is tried again later.",
  api_error: "The provider refused the request.",
  refused: "The model declined to answer.",
  budget: "The run reached its budget. Raise AGENT_BUDGET_USD if that is too low.",
  timed_out: "The agent did not answer in time.",
  no_answer: "The agent answered in prose instead of data.",
  schema: "The agent's answer does not have the shape it must have.",
  checks: "The agent's answer has the right shape but says something that cannot be.",
  broken: "Claude Code ended without an answer that can be read.",
} as const;

export type AgentFailureKind = keyof typeof AGENT_FAILURES;

/** Kinds that may well succeed in a minute, with nothing changed. */
const PASSING: ReadonlySet<AgentFailureKind> = new Set(["rate_limited", "overloaded", "timed_out"]);

/** A run of an agent failed. `kind` says how, `detail` what was seen, the message what to do. */
export class AgentError extends Error {
  readonly passing: boolean;
  constructor(
    readonly kind: AgentFailureKind,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(detail ? `${AGENT_FAILURES[kind]} (${detail.slice(0, 400)})` : AGENT_FAILURES[kind], options);
    this.name = "AgentError";
    this.passing = PASSING.has(kind);
  }
}
