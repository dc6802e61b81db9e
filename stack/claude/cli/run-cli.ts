import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import { type AgentAnswer, answerAsAgent } from "../answer-as-agent";
import { findViolation } from "../schema/find-violation";
import { type JsonSchema, readSchema } from "../schema/read-schema";
import { type EnvelopeFacts, resultEnvelope } from "./envelope";
import { readFailure } from "./failures";
import { type Flags, readFlags, UsageError } from "./read-flags";

export const VERSION_LINE = "2.1.330 (Claude Code stand-in)";
const NO_INPUT =
  "Error: Input must be provided either through stdin or as a prompt argument when using --print";

export interface CliRun {
  stdout: string;
  stderr: string;
  exitCode: 0 | 1;
}

/**
 * One headless run with Claude Code's flags, standard input and result envelope. It knows two agents by the first
 * heading of the system prompt and answers them by rules; it reads no file but the system prompt and calls nobody.
 */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  readInput: (hasPrompt: boolean) => Promise<string>,
): Promise<CliRun> {
  try {
    const flags = readFlags(args);
    if (flags.has("-v", "--version")) return { stdout: VERSION_LINE, stderr: "", exitCode: 0 };
    if (flags.has("-h", "--help")) return { stdout: HELP, stderr: "", exitCode: 0 };
    return await runPrompt(flags, env, readInput);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { stdout: "", stderr: message, exitCode: 1 };
  }
}

async function runPrompt(
  flags: Flags,
  env: Readonly<Record<string, string | undefined>>,
  readInput: (hasPrompt: boolean) => Promise<string>,
): Promise<CliRun> {
  const startedAt = performance.now();
  if (!flags.has("-p", "--print"))
    throw new UsageError("The Claude Code stand-in only runs headless: use -p.");
  const format = readFormat(flags);
  const failure = readFailure(env);
  const schema = readSchema(flags.value("--json-schema"));
  const systemPrompt = await readSystemPrompt(flags);
  const input = [flags.prompt, await readInput(flags.prompt !== "")]
    .filter((part) => part.trim() !== "")
    .join("\n");
  if (input === "") throw new UsageError(NO_INPUT);
  if (failure === "hang") await new Promise<never>(() => setInterval(() => {}, 60_000));

  const facts = (outcome: Partial<EnvelopeFacts> & { result: string }): EnvelopeFacts => ({
    model: flags.value("--model") ?? "stand-in",
    sessionId: flags.value("--session-id"),
    durationMs: performance.now() - startedAt,
    inputLength: systemPrompt.length + input.length,
    ...outcome,
  });
  if (failure === "not-logged-in") {
    return print(format, facts({ result: "Not logged in · Please run /login", isError: true }));
  }
  if (failure === "error") {
    return print(format, facts({ result: "API Error: 529 Overloaded.", isError: true, apiErrorStatus: 529 }));
  }
  const answer = answerAsAgent(systemPrompt, input, failure);
  return print(format, facts(judge(answer, schema, failure === "invalid" || failure === "invalid-once")));
}

/** As the real program: without a schema, or without a fitting answer, there is no structured output. */
function judge(
  answer: AgentAnswer,
  schema: JsonSchema | null,
  unchecked: boolean,
): Partial<EnvelopeFacts> & { result: string } {
  if (schema === null || answer.value === undefined) return { result: answer.text };
  const violation = unchecked ? null : findViolation(answer.value, schema);
  if (violation === null) return { result: answer.text, structuredOutput: answer.value };
  return {
    result: "",
    isError: true,
    subtype: "error_max_structured_output_retries",
    errors: [`Failed to provide valid structured output: ${violation}`],
  };
}

function print(format: "json" | "text", facts: EnvelopeFacts): CliRun {
  const stdout = format === "json" ? JSON.stringify(resultEnvelope(facts)) : facts.result;
  return { stdout, stderr: "", exitCode: facts.isError ? 1 : 0 };
}

function readFormat(flags: Flags): "json" | "text" {
  const format = flags.value("--output-format") ?? "text";
  if (format === "json" || format === "text") return format;
  throw new UsageError(`The Claude Code stand-in has no --output-format ${format}; use json or text.`);
}

async function readSystemPrompt(flags: Flags): Promise<string> {
  const file = flags.value("--system-prompt-file");
  const appended = flags.value("--append-system-prompt-file");
  const parts = [
    flags.value("--system-prompt") ?? (file === undefined ? "" : await readFile(file, "utf8")),
    flags.value("--append-system-prompt") ?? (appended === undefined ? "" : await readFile(appended, "utf8")),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

const HELP = `Usage: claude -p [options] [prompt]

${VERSION_LINE}: answers the agents "sourcing-agent" and "response-classifier" by rules, on this computer, at no cost.
It takes the flags of Claude Code's headless mode. Install Claude Code and set CLAUDE_CODE_PATH to use the real one.`;
