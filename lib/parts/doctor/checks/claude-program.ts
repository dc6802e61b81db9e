import { AgentError } from "@/lib/agents/failure";
import { resolveProgram } from "@/lib/agents/program";
import { skipOnRelay } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";

export const claudeProgram: Check = {
  id: "claude-program",
  group: "The desk",
  title: "Claude Code",
  limitMs: 25_000,
  skip: skipOnRelay,
  look: async ({ env, given, platform, exists, run }) => {
    let program: string;
    try {
      program = resolveProgram(env.CLAUDE_CODE_PATH, { platform, env: given, exists });
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      return mend(
        `${error.detail}.`,
        "Set CLAUDE_CODE_PATH to claude.exe itself, often %USERPROFILE%\\.local\\bin\\claude.exe.",
      );
    }
    const { outcome, exitCode, stdout, stderr } = await run(program, ["--version"], 20_000);
    if (outcome === "missing")
      return given.CLAUDE_CODE_PATH
        ? mend(`${program} is not there.`, "Set CLAUDE_CODE_PATH to Claude Code, or install it.")
        : note(
            "Claude Code is not installed; a stand-in would answer by rules.",
            "Install Claude Code and sign in once.",
          );
    if (outcome === "timed out")
      return mend(
        `${program} --version did not end within 20 seconds.`,
        "Run it by hand and see what it asks.",
      );
    const version = stdout.trim().split("\n")[0] ?? "";
    if (exitCode !== 0 || version === "")
      return mend(
        `${program} does not start: ${(stderr || stdout).trim().slice(0, 200) || `exit ${exitCode}`}.`,
        "Run it by hand, mend what it says, or set CLAUDE_CODE_PATH to another.",
      );
    if (/stand-in/i.test(version))
      return note(`${version} answers by rules.`, "Install Claude Code for real work.");
    return fine(`${version} at ${program}.`);
  },
};
