import type { Env } from "@/lib/server/env";
import { findOnPath } from "./find-on-path";
import { type Flags, StartError } from "./flags";

type Settings = Readonly<Record<string, string | undefined>>;

/** Which part is the real one and which is served or played by the embedded stack. */
export interface Parts {
  readonly embeddedSupabase: boolean;
  readonly embeddedEngine: boolean;
  /** Inngest's dev server is to be started here. */
  readonly devServer: boolean;
  /** Where the engine is, whoever serves it. */
  readonly engineUrl: string;
  readonly standInOutlook: boolean;
  readonly standInClaude: boolean;
  readonly standInCoStar: boolean;
}

/**
 * Steps aside for every part that is really there: a Supabase address that is not ours, an Inngest server that answers,
 * Outlook on Windows, a `claude` on the path, CoStar credentials. A demo plays every outside program itself, so that it
 * can never mail a real owner.
 */
export async function chooseParts(flags: Flags, env: Env, source: Settings): Promise<Parts> {
  const ownApi = `http://127.0.0.1:${flags.apiPort}`;
  const ownEngine = `http://127.0.0.1:${flags.enginePort}`;
  const supabaseElsewhere = Boolean(source.SUPABASE_URL) && !sameOrigin(env.SUPABASE_URL, ownApi);
  const engineUrl = findEngineUrl(ownEngine, source);
  const engineElsewhere = !sameOrigin(engineUrl, ownEngine);
  if (flags.engine && engineElsewhere)
    throw new StartError(
      `--engine ${flags.engine} starts an engine here, but the settings name ${engineUrl}.`,
    );
  const engineAnswers = !engineElsewhere && (await answers(`${ownEngine}/health`));
  if (flags.engine && engineAnswers)
    throw new StartError(
      `An engine answers at ${ownEngine} already. Stop it, choose another --engine-port, or start without --engine to use it.`,
    );
  return {
    embeddedSupabase: !supabaseElsewhere && !(await answers(`${ownApi}/auth/v1/health`)),
    embeddedEngine: !engineElsewhere && !engineAnswers && flags.engine !== "inngest",
    devServer: flags.engine === "inngest",
    engineUrl,
    standInOutlook:
      flags.demo || !(source.OUTLOOK_HOST || hasMailAccount(source) || process.platform === "win32"),
    standInClaude: flags.demo || (!source.CLAUDE_CODE_PATH && !isOnPath("claude", source.PATH ?? "")),
    standInCoStar: flags.demo || !(source.COSTAR_USERNAME || source.COSTAR_URL),
  };
}

/**
 * INNGEST_BASE_URL, or an address in INNGEST_DEV as the SDK understands it, or our own.
 * @throws {StartError} for keys without the address of the server they belong to.
 */
export function findEngineUrl(ownEngine: string, source: Settings): string {
  const given = source.INNGEST_BASE_URL || (/^https?:/.test(source.INNGEST_DEV ?? "") && source.INNGEST_DEV);
  if (given) return given.replace(/\/$/, "");
  if (source.INNGEST_SIGNING_KEY)
    throw new StartError(
      "INNGEST_SIGNING_KEY is set without INNGEST_BASE_URL: say where your Inngest server is.",
    );
  return ownEngine;
}

/** Accounts that send by SMTP need no Outlook, and no stand-in for one beside them. */
function hasMailAccount(source: Settings): boolean {
  return Boolean(source.MAIL_ADDRESS || source.MAIL_ACCOUNTS_FILE);
}

function sameOrigin(a: string, b: string): boolean {
  const normal = (url: string) => new URL(url.replace("//localhost", "//127.0.0.1")).origin;
  return normal(a) === normal(b);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(800) })).ok;
  } catch {
    // Nobody there: the part is ours to serve.
    return false;
  }
}

function isOnPath(program: string, pathList: string): boolean {
  return findOnPath(program, pathList) !== undefined;
}
