import { Refused } from "@/lib/server/refused";
/** Why an agent run came to nothing, and what an operator can do about it. */
export const AGENT_FAILURES = {
  not_installed: "The Claude Code program was not found. Set CLAUDE_CODE_PATH to it, or install it.",
  outdated:
    "This version of Claude Code does not know how it is started here. Run `claude update`, then start again.",
  not_signed_in: "Claude Code is not signed in. Run `claude` once on this PC and sign in.",
  not_allowed:
    "The account may not do this. Look at what the provider said, or sign in with another account.",
  no_credit: "The Claude account has no credit left. Add credit, or sign in with another account.",
  rate_limited: "The provider limits how often it is asked. It is tried again later; nothing needs doing.",
  overloaded: "The provider is overloaded. It is tried again later; nothing needs doing.",
  unreachable: "Claude Code cannot reach the provider. Check this PC's internet connection.",
  unknown_model: "The provider does not know this model. Change CLAUDE_MODEL or the agent's definition.",
  api_error:
    "The provider refused the request. Look at what it said; if it comes again, run `claude update`.",
  refused:
    "The model declined to answer. Decide this one by hand; if it comes often, change the definition's words.",
  budget: "The run reached its budget. Raise AGENT_BUDGET_USD if that is too low.",
  timed_out: "The agent did not answer in time. Raise AGENT_TIMEOUT_S if that is too short.",
  too_large:
    "There is more to read than Claude Code takes at once (10 MB). Make the search or the mail smaller.",
  cut_off:
    "The answer became too long and was cut off. Ask for less: fewer payloads, or shorter reasons in the definition.",
  no_answer:
    "The agent answered in prose instead of data. Test its definition in Settings → Agents if it comes again.",
  schema:
    "The agent's answer does not have the shape it must have. Test its definition in Settings → Agents.",
  checks:
    "The agent's answer has the right shape but says something that cannot be. Decide this one by hand.",
  definition: "The agent's definition cannot be used. Mend it in Settings → Agents.",
  broken:
    "Claude Code ended without an answer that can be read. Run `claude --version` on this PC to see that it works.",
  paused: "Agents are paused. What waits goes on by itself; Settings → Agents tries them at once.",
} as const;

export type AgentFailureKind = keyof typeof AGENT_FAILURES;

/** The provider, or the way to it, is down: these count towards pausing all agents. */
const PROVIDER: ReadonlySet<AgentFailureKind> = new Set([
  "not_signed_in",
  "no_credit",
  "rate_limited",
  "overloaded",
  "unreachable",
  "timed_out",
]);

/** Nothing was asked of the provider, so nothing is known about it. */
const NEVER_ASKED: ReadonlySet<AgentFailureKind> = new Set([
  "not_installed",
  "outdated",
  "broken",
  "too_large",
  "definition",
  "paused",
]);

/** Kinds that may well succeed in a minute, with nothing changed. */
const PASSING: ReadonlySet<AgentFailureKind> = new Set([
  "rate_limited",
  "overloaded",
  "unreachable",
  "timed_out",
  "paused",
]);

/** What a call cost, also when it failed. Costs in millionths of a dollar. */
export interface Spent {
  readonly costMicrousd: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly sessionId: string | null;
}

export const NOTHING_SPENT: Spent = { costMicrousd: 0, inputTokens: 0, outputTokens: 0, sessionId: null };

/** A run of an agent failed. `kind` says how, `detail` what was seen, the message what to do. */
export class AgentError extends Refused {
  readonly passing: boolean;
  readonly spent: Spent;
  constructor(
    readonly kind: AgentFailureKind,
    readonly detail: string,
    options?: ErrorOptions & { readonly spent?: Spent },
  ) {
    super(detail ? `${AGENT_FAILURES[kind]} (${detail.slice(0, 400)})` : AGENT_FAILURES[kind], {
      status: 502,
      cause: options?.cause,
    });
    this.name = "AgentError";
    this.passing = PASSING.has(kind);
    this.spent = options?.spent ?? NOTHING_SPENT;
  }

  /** Whether this says something about the provider: it failed, it answered, or it was not asked. */
  get provider(): "failed" | "answered" | "not asked" {
    if (PROVIDER.has(this.kind)) return "failed";
    return NEVER_ASKED.has(this.kind) ? "not asked" : "answered";
  }
}

/**
 * Agents are paused because the provider is down; nothing was asked, or what was asked failed and paused them. Wait until
 * `until` (ISO 8601), or for `agents/resumed`, then ask again.
 */
export class AgentsPausedError extends AgentError {
  constructor(
    readonly until: string,
    /** Why, in words for a person. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super("paused", reason, options);
    this.name = "AgentsPausedError";
  }
}

/** What went wrong as this runner types it; an error from elsewhere keeps itself as the cause. */
export function asAgentError(error: unknown): AgentError {
  return error instanceof AgentError ? error : new AgentError("broken", String(error), { cause: error });
}
