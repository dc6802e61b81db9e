import "server-only";
import { mailboxesOf } from "@/lib/mailbox/join-transports";
import type { HostMailbox } from "@/lib/mailbox/transport";
import { logger } from "@/lib/server/logger";
import { askRelay } from "./ask-relay";
import { localTransport } from "./local-transport";
import { describeMachine } from "./machine";
import { relayAnswers } from "./protocol";
import type { RelayRole } from "./read-role";

/** A relay that has not reported for three of these is quiet. */
const REPORT_EVERY_MS = 60_000;

let lastSaid = "";
let lastMailboxes: readonly HostMailbox[] = [];

/** Says once a minute where this relay is and what it has, for as long as the process lives. */
export function keepReporting(role: RelayRole): void {
  const next = () => setTimeout(() => keepReporting(role), REPORT_EVERY_MS).unref();
  reportToConsole(role).then(next, next);
}

/** One report. Never throws: what went wrong is logged when it changes, and the next report may do better. */
async function reportToConsole({ publicUrl, consoleUrl }: RelayRole): Promise<void> {
  try {
    const report = { url: publicUrl, ...describeMachine(), mailboxes: await readMailboxes() };
    const { owned, elsewhere } = await askRelay(
      consoleUrl,
      "POST",
      "/api/relay/register",
      JSON.stringify(report),
      relayAnswers.register,
    );
    const busy = elsewhere.length > 0 ? ` Another relay already has ${elsewhere.join(", ")}.` : "";
    say("info", `This relay serves ${owned.join(", ") || "no mailbox"} for ${consoleUrl}.${busy}`);
  } catch (error) {
    say("warn", `This relay is not known to ${consoleUrl}: ${(error as Error).message}`);
  }
}

/** A program that does not answer just now still has the mailboxes it had. */
async function readMailboxes(): Promise<readonly HostMailbox[]> {
  try {
    lastMailboxes = mailboxesOf("outlook", await localTransport().ping());
  } catch (error) {
    say("warn", (error as Error).message);
  }
  return lastMailboxes;
}

function say(level: "info" | "warn", words: string): void {
  if (words === lastSaid) return;
  lastSaid = words;
  logger[level](words);
}
