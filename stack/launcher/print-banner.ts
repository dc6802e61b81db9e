import type { Env } from "@/lib/server/env";
import type { Parts } from "./choose-parts";
import type { Flags } from "./flags";

interface Banner {
  readonly flags: Flags;
  readonly env: Env;
  readonly parts: Parts;
  readonly dataDir: string;
  readonly setupLink?: string;
  readonly phoneUrl?: string;
}

/** Says what runs where, which part is real, and the address to open. */
export function printBanner({ flags, env, parts, dataDir, setupLink, phoneUrl }: Banner): void {
  const rows: Array<[string, string, string]> = [
    ["Console", env.CONSOLE_URL, ""],
    ["Supabase API", env.SUPABASE_URL, parts.embeddedSupabase ? "embedded" : "yours"],
    ["Engine", env.INNGEST_BASE_URL, sayEngine(parts)],
    ["Mailbox", env.OUTLOOK_ACCOUNTS?.join(", ") ?? "Outlook", parts.standInOutlook ? "stand-in" : "real"],
    ["Agents", env.CLAUDE_CODE_PATH, parts.standInClaude ? "stand-in" : "real"],
    ["CoStar", env.COSTAR_URL, parts.standInCoStar ? "stand-in" : "real"],
    ["Data", dataDir, ""],
  ];
  const lines = rows.map(([name, where, what]) => `  ${name.padEnd(13)}${where}${what ? `  (${what})` : ""}`);
  if (flags.demo) lines.push("", "  Demo: invented market and owners; nothing leaves this computer.");
  if (env.DRY_RUN) lines.push("", "  Dry run: nothing leaves and nothing moves.");
  if (phoneUrl && parts.standInCoStar) lines.push("", `  Phone for the CoStar sign-in: ${phoneUrl}`);
  lines.push(
    "",
    setupLink ? `  Open this link once to create your account:\n  ${setupLink}` : `  Open ${env.CONSOLE_URL}`,
  );
  console.log(`\nUpstream is running. Ctrl-C stops it.\n\n${lines.join("\n")}\n`);
}

function sayEngine({ embeddedEngine, devServer }: Parts): string {
  if (devServer) return "Inngest's dev server; it forgets its runs when it stops";
  return embeddedEngine ? "embedded" : "yours";
}
