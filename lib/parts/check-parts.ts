import "server-only";
import { execa } from "execa";
import { readAgentPause } from "@/lib/agents/circuit";
import { resolveProgram } from "@/lib/agents/program";
import { relayAt } from "@/lib/mailbox/relay/relay-client";
import { unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { remember } from "@/lib/server/remember";
import { serviceDb } from "@/lib/server/service-client";

export interface Part {
  readonly name: "database" | "engine" | "mailbox" | "agents" | "costar";
  readonly label: string;
  /** `embedded` is a full part of its own; a `stand-in` only plays an outside program */
  readonly kind: "real" | "embedded" | "stand-in" | "unknown";
  readonly up: boolean;
  /** What plays the part now: "embedded Postgres", "Microsoft Outlook" */
  readonly what: string;
  readonly detail: string;
}

const SHORT_MS = 3000;

/** What every part of the system is and whether it answers. Slow questions are asked at most once a minute. */
export function checkParts(): Promise<Part[]> {
  return Promise.all([
    remember("database", 5000, checkDatabase),
    remember("engine", 5000, checkEngine),
    remember("mailbox", 20_000, checkMailbox),
    remember("agents", 5000, checkAgents),
    remember("costar", 5000, checkCoStar),
  ]);
}

function checkDatabase(): Promise<Part> {
  return look({ name: "database", label: "Database" }, async () => {
    unwrap(await serviceDb().from("kill_switch").select("id").single());
    const isEmbedded = (await readHealth(`${env().SUPABASE_URL}/health`)).includes("embedded");
    const what = isEmbedded ? "embedded Postgres" : "Supabase";
    return {
      kind: isEmbedded ? "embedded" : "real",
      up: true,
      what,
      detail: `Answers at ${env().SUPABASE_URL}.`,
    };
  });
}

function checkEngine(): Promise<Part> {
  return look({ name: "engine", label: "Engine" }, async () => {
    const isEmbedded = (await readHealth(`${env().INNGEST_BASE_URL}/health`)).includes("embedded");
    const what = isEmbedded ? "embedded engine" : "Inngest";
    return {
      kind: isEmbedded ? "embedded" : "real",
      up: true,
      what,
      detail: `Answers at ${env().INNGEST_BASE_URL}.`,
    };
  });
}

function checkMailbox(): Promise<Part> {
  return look({ name: "mailbox", label: "Mailbox" }, async () => {
    const { product, version, standIn, accounts } = await relayAt(null).health();
    const detail =
      accounts.length > 0 ? `Sends from ${accounts.join(", ")}.` : "It has no account to send from.";
    return { kind: standIn ? "stand-in" : "real", up: true, what: `${product} ${version}`, detail };
  });
}

function checkAgents(): Promise<Part> {
  return look({ name: "agents", label: "Agents" }, async () => {
    const program = env().CLAUDE_CODE_PATH;
    const [version, pause] = await Promise.all([
      remember("agents-version", 60_000, () => readClaudeVersion(program)),
      readAgentPause(serviceDb()),
    ]);
    const kind = /stand-in/i.test(version) ? "stand-in" : "real";
    if (pause) return { kind, up: false, what: "paused", detail: pause.message };
    return { kind, up: true, what: version, detail: program };
  });
}

async function readClaudeVersion(program: string): Promise<string> {
  const file = resolveProgram(program);
  const result = await execa(file, ["--version"], { reject: false, timeout: 15_000, windowsHide: true });
  if (result.exitCode !== 0)
    throw new Error(`${program} does not start. Set CLAUDE_CODE_PATH to Claude Code.`);
  return result.stdout.trim();
}

function checkCoStar(): Promise<Part> {
  return look({ name: "costar", label: "CoStar" }, async () => {
    const { COSTAR_URL: url, COSTAR_USERNAME: username } = env();
    if (!username) throw new Error("No credentials: set COSTAR_USERNAME and COSTAR_PW.");
    const kind = await remember("costar-kind", 60_000, () => kindOfCoStar(url));
    const { state, detail } = unwrap(
      await serviceDb().from("costar_session").select("state, detail").single(),
    );
    const what = SESSION_WORDS[state] ?? state;
    return { kind, up: kind !== "unknown", what, detail: detail ?? `Signs in at ${url}.` };
  });
}

const SESSION_WORDS: Readonly<Record<string, string>> = {
  offline: "signed out",
  starting: "signing in",
  waiting_2fa: "waits for the phone",
  connected: "signed in",
  expired: "session expired",
  error: "sign-in failed",
};

/** A part that cannot be looked at is down, and says why; it never takes a page down with it. */
async function look(
  part: Pick<Part, "name" | "label">,
  ask: () => Promise<Omit<Part, "name" | "label">>,
): Promise<Part> {
  try {
    return { ...part, ...(await ask()) };
  } catch (error) {
    return { ...part, kind: "unknown", up: false, what: "no answer", detail: messageOf(error) };
  }
}

/** CoStar itself is not asked anything here; only another address is looked at. */
async function kindOfCoStar(url: string): Promise<Part["kind"]> {
  if (new URL(url).hostname.endsWith(".costar.com")) return "real";
  const page = await readHealth(url).catch(() => "");
  return page.includes("stand-in") ? "stand-in" : "unknown";
}

async function readHealth(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(SHORT_MS), cache: "no-store" });
  return (await response.text()).slice(0, 4000);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "fetch failed"
    ? "It does not answer. What is decided meanwhile is kept."
    : error.message;
}
