import "server-only";
import { execa } from "execa";
import { env } from "@/lib/config/env";
import { unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { relayAt } from "@/lib/relay/relay-client";
import { remember } from "./remember";

export interface Part {
  readonly name: "database" | "engine" | "mailbox" | "agents" | "costar";
  readonly label: string;
  /** `embedded` is a full part of its own; a `stand-in` only plays an outside program */
  readonly kind: "real" | "embedded" | "stand-in" | "unknown";
  readonly up: boolean;
  readonly detail: string;
}

const SHORT_MS = 3000;

/** What every part of the system is and whether it answers. Slow questions are asked at most once a minute. */
export function checkParts(): Promise<Part[]> {
  return Promise.all([
    remember("database", 5000, checkDatabase),
    remember("engine", 5000, checkEngine),
    remember("mailbox", 20_000, checkMailbox),
    remember("agents", 60_000, checkAgents),
    remember("costar", 5000, checkCoStar),
  ]);
}

async function checkDatabase(): Promise<Part> {
  const part = { name: "database", label: "Database" } as const;
  try {
    unwrap(await serviceDb().from("kill_switch").select("id").single());
    const embedded = (await readHealth(`${env().SUPABASE_URL}/health`)).includes("embedded");
    return {
      ...part,
      kind: embedded ? "embedded" : "real",
      up: true,
      detail: embedded ? "embedded Postgres" : "Supabase",
    };
  } catch (error) {
    return { ...part, kind: "unknown", up: false, detail: messageOf(error) };
  }
}

async function checkEngine(): Promise<Part> {
  const part = { name: "engine", label: "Engine" } as const;
  try {
    const embedded = (await readHealth(`${env().INNGEST_BASE_URL}/health`)).includes("embedded");
    return {
      ...part,
      kind: embedded ? "embedded" : "real",
      up: true,
      detail: embedded ? "embedded engine" : "Inngest",
    };
  } catch (error) {
    return {
      ...part,
      kind: "unknown",
      up: false,
      detail: `${messageOf(error)} Decisions are kept and acted on later.`,
    };
  }
}

async function checkMailbox(): Promise<Part> {
  const part = { name: "mailbox", label: "Mailbox" } as const;
  try {
    const { product, version, standIn, accounts } = await relayAt(null).health();
    return {
      ...part,
      kind: standIn ? "stand-in" : "real",
      up: true,
      detail: `${product} ${version}, ${accounts.join(", ") || "no account"}`,
    };
  } catch (error) {
    return { ...part, kind: "unknown", up: false, detail: messageOf(error) };
  }
}

async function checkAgents(): Promise<Part> {
  const part = { name: "agents", label: "Agents" } as const;
  const program = env().CLAUDE_CODE_PATH;
  const result = await execa(program, ["--version"], { reject: false, timeout: 15_000, windowsHide: true });
  if (result.exitCode !== 0)
    return {
      ...part,
      kind: "unknown",
      up: false,
      detail: `${program} does not start; set CLAUDE_CODE_PATH to Claude Code.`,
    };
  const version = result.stdout.trim();
  return { ...part, kind: /stand-in/i.test(version) ? "stand-in" : "real", up: true, detail: version };
}

async function checkCoStar(): Promise<Part> {
  const part = { name: "costar", label: "CoStar" } as const;
  const { COSTAR_URL: url, COSTAR_USERNAME: username } = env();
  const kind = await remember("costar-kind", 60_000, () => kindOfCoStar(url));
  if (!username) return { ...part, kind, up: false, detail: "no credentials; files can still be imported" };
  const { state, detail } = unwrap(await serviceDb().from("costar_session").select("state, detail").single());
  const words = state.replace("_2fa", " for the phone").replaceAll("_", " ");
  return {
    ...part,
    kind,
    up: kind !== "unknown",
    detail: detail ? `${words}: ${detail}` : `session ${words}`,
  };
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
  return error.message === "fetch failed" ? "does not answer." : error.message;
}
