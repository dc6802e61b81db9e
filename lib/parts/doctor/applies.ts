import type { Tools } from "./tools";

/** Checks of the desk's own parts: a PC that is only a relay has none of them. */
export function skipOnRelay({ env }: Tools): string | undefined {
  return env.UPSTREAM_ROLE === "relay" ? "This PC runs only the relay; the desk has this part." : undefined;
}

/** Checks of Outlook by whatever program talks to it. */
export function skipWithoutOutlook(tools: Tools): string | undefined {
  if (tools.env.OUTLOOK_HOST) return undefined;
  if (tools.platform !== "win32") return "This is not Windows.";
  if (!tools.env.OUTLOOK_ACCOUNTS && countAccounts(tools) > 0)
    return "Not needed: mail goes by SMTP and IMAP here. Set OUTLOOK_ACCOUNTS to use Outlook as well.";
  return undefined;
}

/** Checks of Windows and of Outlook as it is installed there. */
export function skipOffWindows(tools: Tools): string | undefined {
  if (tools.platform !== "win32") return "This is not Windows.";
  return skipWithoutOutlook(tools);
}

/** Accounts that are configured; broken settings count as none here, their own check names them. */
export function countAccounts(tools: Tools): number {
  try {
    return tools.mailAccounts().length;
  } catch {
    return 0;
  }
}

export function isLoopback(url: string): boolean {
  return /^(127(\.\d+){3}|localhost|\[::1\])$/.test(new URL(url).hostname);
}

/** Whether the console answers at all. */
export async function deskRuns(tools: Tools): Promise<boolean> {
  try {
    await tools.fetch(new URL("/api/health", tools.env.CONSOLE_URL).href);
    return true;
  } catch {
    // Nobody answers; that is what was asked.
    return false;
  }
}
