import "server-only";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import type { z } from "zod";
import { toAgentInput, toCliSchema } from "./cli-schema";
import { type CliAnswer, readEnvelope } from "./envelope";
import { AgentError } from "./failure";

export interface CliCall {
  readonly program: string;
  readonly systemPrompt: string;
  readonly input: unknown;
  readonly schema: z.ZodType;
  readonly model: string;
  readonly timeoutMs: number;
  readonly budgetUsd: number;
}

// The set that runs no tool, no hook, no settings file, no file mention and keeps no transcript, with a key or a login.
const FIXED_ARGUMENTS = [
  ...["-p", "--output-format", "json", "--tools", "", "--setting-sources", "", "--strict-mcp-config"],
  ...[
    "--disable-slash-commands",
    "--permission-mode",
    "dontAsk",
    "--no-session-persistence",
    "--max-turns",
    "4",
  ],
  ...["--settings", '{"permissions":{"deny":["Read"]},"disableAllHooks":true}'],
];

const FIXED_ENVIRONMENT = {
  CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
  CLAUDE_CODE_DISABLE_FILE_MENTIONS: "1",
  CLAUDE_CODE_DISABLE_CLAUDE_MDS: "1",
  CLAUDE_CODE_DISABLE_AUTO_MEMORY: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  CLAUDE_CODE_MAX_RETRIES: "2",
  MAX_STRUCTURED_OUTPUT_RETRIES: "3",
  API_TIMEOUT_MS: "60000",
};

/**
 * Asks the Claude Code CLI once. Untrusted text travels as JSON on standard input only; arguments are fixed, and the
 * working folder is new and empty.
 * @throws {AgentError} for everything that is not a structured answer.
 */
export async function askClaude(call: CliCall): Promise<CliAnswer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "upstream-agent-"));
  try {
    const systemPromptFile = path.join(folder, "system.txt");
    await writeFile(systemPromptFile, call.systemPrompt, { mode: 0o600 });
    const result = await execa(
      call.program,
      [
        ...FIXED_ARGUMENTS,
        ...["--system-prompt-file", systemPromptFile, "--json-schema", toCliSchema(call.schema)],
        ...["--model", call.model, "--max-budget-usd", call.budgetUsd.toFixed(2)],
      ],
      {
        input: toAgentInput(call.input),
        cwd: folder,
        reject: false,
        timeout: call.timeoutMs,
        forceKillAfterDelay: 3000,
        windowsHide: true,
        maxBuffer: 10_000_000,
        env: FIXED_ENVIRONMENT,
      },
    );
    if (result.timedOut) throw new AgentError("timed_out", `${call.timeoutMs / 1000} s`);
    if (result.code === "ENOENT" || result.code === "EACCES")
      throw new AgentError("not_installed", call.program);
    return readEnvelope({ exitCode: result.exitCode ?? 1, stdout: result.stdout, stderr: result.stderr });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
