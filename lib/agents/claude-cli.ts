import "server-only";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { endTree } from "@/lib/server/end-tree";
import { logger } from "@/lib/server/logger";
import { cliArguments, cliEnvironment } from "./cli-command";
import { toAgentInput } from "./cli-schema";
import { type CliAnswer, readEnvelope } from "./envelope";
import { AgentError } from "./failure";
import { resolveProgram } from "./program";

const started = new Set<number>();
let watching = false;

/**
 * Remembers a program that leads a process group of its own, so that it ends with this process.
 * @returns the way to forget it.
 */
function guardTree(pid: number): () => void {
  if (!watching) {
    watching = true;
    process.on("exit", () => {
      for (const one of started) void endTree(one).catch(() => {});
    });
  }
  started.add(pid);
  return () => started.delete(pid);
}

export interface CliCall {
  readonly program: string;
  readonly systemPrompt: string;
  readonly input: unknown;
  /** As `toCliSchema` writes it. */
  readonly jsonSchema: string;
  readonly model: string;
  readonly timeoutMs: number;
  readonly budgetUsd: number;
  /** How long a program that was told to end may take before it is forced to. */
  readonly graceMs?: number;
}

/** The CLI refuses more on its standard input. */
const LARGEST_INPUT_BYTES = 10_000_000;
const LARGEST_ANSWER_BYTES = 10_000_000;

/**
 * Asks the Claude Code CLI once. Untrusted text travels as JSON on standard input only; arguments are fixed, and the
 * working folder is new and empty but for the system prompt.
 * @throws {AgentError} for everything that is not a structured answer.
 */
export async function askClaude(call: CliCall): Promise<CliAnswer> {
  const program = resolveProgram(call.program);
  const input = toAgentInput(call.input);
  if (Buffer.byteLength(input) > LARGEST_INPUT_BYTES)
    throw new AgentError("too_large", `${Buffer.byteLength(input)} bytes`);
  const folder = await mkdtemp(path.join(os.tmpdir(), "upstream-agent-"));
  try {
    const systemPromptFile = path.join(folder, "system.txt");
    await writeFile(systemPromptFile, call.systemPrompt, { mode: 0o600 });
    return await runProgram(program, cliArguments({ ...call, systemPromptFile }), input, folder, call);
  } finally {
    // Not awaited by the answer: a folder nobody reads any more may go a moment later.
    void rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

async function runProgram(
  program: string,
  argv: readonly string[],
  input: string,
  cwd: string,
  { timeoutMs, graceMs = 3000 }: CliCall,
): Promise<CliAnswer> {
  const subprocess = execa(program, argv, {
    input,
    cwd,
    reject: false,
    windowsHide: true,
    maxBuffer: LARGEST_ANSWER_BYTES,
    // A group of its own, so that a time-out ends whatever the program started too.
    detached: process.platform !== "win32",
    extendEnv: false,
    env: cliEnvironment(process.env, timeoutMs),
  });
  const { pid } = subprocess;
  const forget = pid === undefined ? () => {} : guardTree(pid);
  let timedOut = false;
  const ending: NodeJS.Timeout[] = [
    setTimeout(() => {
      timedOut = true;
      if (pid === undefined) return;
      end(pid, "SIGTERM");
      ending.push(setTimeout(() => end(pid, "SIGKILL"), graceMs));
    }, timeoutMs),
  ];
  try {
    const result = await subprocess;
    if (timedOut) throw new AgentError("timed_out", `${timeoutMs / 1000} s`);
    if (result.code === "ENOENT" || result.code === "EACCES") throw new AgentError("not_installed", program);
    if (result.isMaxBuffer)
      throw new AgentError("broken", `it printed more than ${LARGEST_ANSWER_BYTES / 1e6} MB`);
    if (result.exitCode === undefined && !result.isTerminated)
      throw new AgentError("broken", `${program}: ${result.originalMessage ?? result.code ?? "not started"}`);
    return readEnvelope({ exitCode: result.exitCode ?? 1, stdout: result.stdout, stderr: result.stderr });
  } finally {
    for (const timer of ending) clearTimeout(timer);
    if (timedOut && pid !== undefined) end(pid, "SIGKILL");
    forget();
  }
}

/** What cannot be ended is logged and left: the run has failed by then, and says so. */
function end(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  endTree(pid, { signal }).catch((error: unknown) =>
    logger.warn({ err: error, pid }, "an agent was not ended"),
  );
}
