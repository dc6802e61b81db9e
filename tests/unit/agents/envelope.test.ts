import { describe, expect, test } from "vitest";
import { readEnvelope } from "@/lib/agents/envelope";
import { AgentError } from "@/lib/agents/failure";

function envelope(fields: object, exitCode = 0) {
  return {
    exitCode,
    stdout: JSON.stringify({ type: "result", subtype: "success", is_error: false, ...fields }),
    stderr: "",
  };
}

function kindOf(process: Parameters<typeof readEnvelope>[0]): string {
  try {
    readEnvelope(process);
    return "ok";
  } catch (error) {
    return error instanceof AgentError ? error.kind : String(error);
  }
}

describe("an answer of the Claude CLI", () => {
  test("is good only with exit 0, no error and a structured output, and is costed in micro-dollars", () => {
    const answer = readEnvelope(
      envelope({
        structured_output: { a: 1 },
        session_id: "s",
        total_cost_usd: 0.0123,
        usage: { input_tokens: 10, cache_read_input_tokens: 5, output_tokens: 7 },
      }),
    );
    expect(answer).toEqual({
      output: { a: 1 },
      sessionId: "s",
      costMicrousd: 12_300,
      inputTokens: 15,
      outputTokens: 7,
    });
  });

  // Exit codes and fields as the CLI prints them; "subtype" says success for API errors too.
  test.each([
    ["text instead of data", envelope({ result: "Sure!" }), "no_answer"],
    ["an empty answer", envelope({ result: "" }), "no_answer"],
    [
      "schema never met",
      envelope({ subtype: "error_max_structured_output_retries", is_error: true }, 1),
      "schema",
    ],
    ["turns used up", envelope({ subtype: "error_max_turns", is_error: true }, 1), "no_answer"],
    ["budget used up", envelope({ subtype: "error_max_budget_usd", is_error: true }, 1), "budget"],
    [
      "not logged in",
      envelope({ is_error: true, result: "Not logged in · Please run /login" }, 1),
      "not_signed_in",
    ],
    ["a bad key", envelope({ is_error: true, api_error_status: 401 }, 1), "not_signed_in"],
    ["rate limit", envelope({ is_error: true, api_error_status: 429 }, 1), "rate_limited"],
    ["overload", envelope({ is_error: true, api_error_status: 529 }, 1), "overloaded"],
    ["a bad request", envelope({ is_error: true, api_error_status: 400 }, 1), "api_error"],
    ["a refusal", envelope({ is_error: true, stop_reason: "refusal" }, 1), "refused"],
    ["an unknown flag", { exitCode: 1, stdout: "", stderr: "error: unknown option" }, "broken"],
    ["a killed process", { exitCode: 143, stdout: "", stderr: "" }, "broken"],
    ["half a line of JSON", { exitCode: 0, stdout: '{"type":"resu', stderr: "" }, "broken"],
  ])("%s is a typed failure", (_, process, kind) => {
    expect(kindOf(process)).toBe(kind);
  });

  test("tells what is worth trying again from what is not", () => {
    expect(new AgentError("overloaded", "").passing).toBe(true);
    expect(new AgentError("schema", "").passing).toBe(false);
  });
});
