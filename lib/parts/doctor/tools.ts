import type { z } from "zod";
import type { outlookResultSchemas } from "@/lib/mailbox/outlook/contract";
import type { MailAccount } from "@/lib/mailbox/smtp-imap/account";
import type { MailTransport } from "@/lib/mailbox/transport";
import type { Env } from "@/lib/server/env";

/** How a program ended. A program that is not there is an answer, not an error. */
export interface ProgramRun {
  readonly outcome: "ended" | "missing" | "timed out";
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type RegistryView = "64" | "32";

/** Everything a check may touch, so that a test can put something else in its place. */
export interface Tools {
  readonly env: Env;
  /** The environment as it was given, to tell what was set from what is a default */
  readonly given: Readonly<Record<string, string | undefined>>;
  /** Lines about settings that cannot be used; such a setting counts as not set */
  readonly settingProblems: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly nodeVersion: string;
  /** The checkout */
  readonly root: string;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Runs a program without a shell. Never throws. */
  readonly run: (program: string, args: readonly string[], timeoutMs?: number) => Promise<ProgramRun>;
  readonly exists: (file: string) => boolean;
  readonly listFiles: (folder: string) => readonly string[];
  readonly readText: (file: string) => string;
  /** Creates the folder if need be, writes a file there and removes it. @throws the system's error */
  readonly tryWrite: (folder: string) => Promise<void>;
  /** Free bytes for this user on the disk of a folder that exists. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** One HTTP request, ended after a few seconds. @throws when nobody answers */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Starts the browser a CoStar session would use, and closes it. @throws {SignInError} */
  readonly startBrowser: () => Promise<void>;
  /** Asks Claude Code one question. @throws {AgentError} */
  readonly askClaude: () => Promise<void>;
  /** SMTP + IMAP accounts of this machine. @throws {ConfigError} */
  readonly mailAccounts: () => readonly MailAccount[];
  /** Signs in to an account's SMTP and IMAP servers and out again. @throws {MailboxError} */
  readonly signIn: (account: MailAccount, server: "smtp" | "imap") => Promise<void>;
  /** What Outlook says about itself. @throws {MailboxError} */
  readonly pingOutlook: () => Promise<z.output<typeof outlookResultSchemas.ping>>;
  /** What sends and reads mail here, as the relay uses it. */
  readonly transport: () => MailTransport;
  /** Asks the relay at RELAY_URL for its health. @throws {MailboxError} */
  readonly askRelay: () => Promise<{ readonly accounts: readonly string[]; readonly product: string }>;
  readonly sendTest: SendTest;
}

/** What the operator said about sending a mail to oneself. */
export interface SendTest {
  readonly isWanted: boolean;
  /** The account to try; undefined is the first */
  readonly account: string | undefined;
  /** Asks before a mail leaves. */
  readonly confirm: (question: string) => Promise<boolean>;
}
