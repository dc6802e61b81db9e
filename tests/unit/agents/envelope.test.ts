import { describe, expect, test } from "vitest";
import { readEnvelope } from "@/lib/agents/envelope";
import { AGENT_FAILURES, AgentError, type AgentFailureKind, AgentsPausedError } from "@/lib/agents/failure";
import recorded from "./recorded-envelopes.json";

type Finished = Parameters<typeof readEnvelope>[0];

function envelope(fields: object, exitCode = 0): Finished {
  return {
    exitCode,
    stdout: JSON.stringify({ type: "result", subtype: "success", is_error: false, ...fields }),
    stderr: "",
  };
}

/** A request the provider, or the way to it, refused, as Claude Code prints it: exit 1 and still subtype "success". */
const apiError = (status: number | null, result: string) =>
  envelope({ is_error: true, api_error_status: status, terminal_reason: "completed", result }, 1);

const played = (name: keyof typeof recorded): Finished => ({
  exitCode: recorded[name].exitCode,
  stdout: JSON.stringify(recorded[name].envelope),
  stderr: "",
});

function failureOf(process: Finished): AgentError {
  try {
    readEnvelope(process);
  } catch (error) {
    if (error instanceof AgentError) return error;
    throw error;
  }
  throw new Error("it is no failure");
}

describe("an answer of the Claude CLI", () => {
  test("is good only with exit 0, no error and a structured output, and is costed in micro-dollars", () => {
    expect(readEnvelope(played("a structured answer"))).toEqual({
      output: { label: "a", n: 3 },
      sessionId: recorded["a structured answer"].envelope.session_id,
      costMicrousd: 800,
      inputTokens: 100,
      outputTokens: 20,
      answeredModel: "claude-opus-5-5",
    });
    expect(failureOf({ ...played("a structured answer"), exitCode: 1 }).kind).toBe("api_error");
  });

  test.each([
    ["text instead of data", "no_answer"],
    ["text, with a tool denied", "no_answer"],
    ["schema never met", "schema"],
    ["turns used up", "no_answer"],
    ["budget used up", "budget"],
    ["not logged in", "not_signed_in"],
    ["a bad key", "not_signed_in"],
    ["rate limit", "rate_limited"],
    ["overload", "overloaded"],
    ["a refusal", "refused"],
  ] as const)("recorded: %s is a typed failure", (name, kind) => {
    expect(failureOf(played(name)).kind).toBe(kind);
  });

  test("every recorded one is judged here", () => {
    expect(Object.keys(recorded)).toHaveLength(11);
  });

  // Not recorded, printed in the same form.
  test.each<[string, Finished, AgentFailureKind]>([
    ["an empty answer", envelope({ result: "" }), "no_answer"],
    ["an answer of null", envelope({ structured_output: null }), "no_answer"],
    [
      "max_tokens",
      envelope({ is_error: true, stop_reason: "max_tokens", result: "API Error" }, 1),
      "cut_off",
    ],
    ["no credit", apiError(400, "Credit balance is too low"), "no_credit"],
    ["a bad request", apiError(400, "API Error: 400 messages: bad"), "api_error"],
    ["forbidden", apiError(403, "API Error: 403 not allowed"), "not_allowed"],
    ["no credit, said as forbidden", apiError(403, "Your credit balance is too low"), "no_credit"],
    ["a plan that is used up", apiError(null, "Claude AI usage limit reached|1767225600"), "rate_limited"],
    ["an unknown model", apiError(404, "model: not found"), "unknown_model"],
    ["a request too large", apiError(413, "Request too large"), "too_large"],
    ["a broken server", apiError(500, "Internal server error"), "overloaded"],
    ["a gateway", apiError(503, "Service unavailable"), "overloaded"],
    ["no connection", apiError(null, "API Error: Connection error."), "unreachable"],
    ["a refused connection", apiError(null, "connect ECONNREFUSED 127.0.0.1:1"), "unreachable"],
    ["a try that took too long", apiError(null, "Request timed out."), "timed_out"],
    ["a malformed answer of the provider", apiError(null, "Unexpected token < in JSON"), "api_error"],
    ["an expired login", apiError(401, "OAuth token has expired"), "not_signed_in"],
    ["an unknown flag", { exitCode: 1, stdout: "", stderr: "error: unknown option '--tools'" }, "outdated"],
    ["a refused schema", { exitCode: 1, stdout: "", stderr: "Error: --json-schema is invalid" }, "broken"],
    ["a killed process", { exitCode: 143, stdout: "", stderr: "" }, "broken"],
    ["half a line of JSON", { exitCode: 0, stdout: '{"type":"resu', stderr: "" }, "broken"],
    ["another program's JSON", { exitCode: 0, stdout: '{"ok":true}', stderr: "" }, "broken"],
  ])("%s is a typed failure", (_, process, kind) => {
    expect(failureOf(process).kind).toBe(kind);
  });

  test("names the model that did the work, not the small one the CLI asks for chores, and none where it does not say", () => {
    const answered = (modelUsage: unknown) =>
      readEnvelope(envelope({ structured_output: {}, modelUsage })).answeredModel;
    expect(answered({ "claude-haiku-4-5": { costUSD: 0.0001 }, "claude-opus-5-5": { costUSD: 0.02 } })).toBe(
      "claude-opus-5-5",
    );
    expect(answered({ small: { outputTokens: 3 }, large: { outputTokens: 90 } })).toBe("large");
    for (const nothing of [undefined, null, {}, "a text", { odd: 3 }]) expect(answered(nothing)).toBeNull();
  });

  test("every kind of failure says what happened and then what a person can do about it", () => {
    for (const [kind, words] of Object.entries(AGENT_FAILURES)) {
      const [what = "", todo = ""] = words.split(/(?<=\.) /);
      expect(what.length, kind).toBeGreaterThan(10);
      expect(todo, `${kind}: ${words}`).toMatch(
        /Set|Run|Add|Change|Check|Look|Raise|Make|Ask|Test|Mend|Decide|tried again later|goes on by itself/,
      );
    }
  });

  test("a failure that cost something says what", () => {
    expect(failureOf(played("schema never met")).spent).toMatchObject({
      costMicrousd: 4000,
      inputTokens: 400,
      outputTokens: 80,
    });
  });

  test("tells what is worth trying again from what is not, and what says something about the provider", () => {
    expect(new AgentError("overloaded", "").passing).toBe(true);
    expect(new AgentError("schema", "").passing).toBe(false);
    expect(new AgentError("not_signed_in", "").provider).toBe("failed");
    expect(new AgentError("schema", "").provider).toBe("answered");
    expect(new AgentError("not_installed", "").provider).toBe("not asked");
    const paused = new AgentsPausedError("2031-01-01T00:00:00Z", "It is overloaded.");
    expect(paused).toMatchObject({ kind: "paused", passing: true, provider: "not asked" });
    expect(paused.message).toContain("Agents are paused.");
  });
});
