import { existsSync } from "node:fs";
import path from "node:path";
import type { Env } from "@/lib/config/env";
import type { Flags } from "./flags";

/** Which part is the real one and which is served or played by the embedded stack. */
export interface Parts {
  readonly embeddedSupabase: boolean;
  readonly embeddedEngine: boolean;
  readonly standInOutlook: boolean;
  readonly standInClaude: boolean;
  readonly standInCoStar: boolean;
}

/**
 * Steps aside for every part that is really there: a Supabase address that is not ours, an Inngest server that answers,
 * Outlook on Windows, a `claude` on the path, CoStar credentials. A demo plays every outside program itself, so that it
 * can never mail a real owner.
 */
export async function chooseParts(flags: Flags, env: Env, source: NodeJS.ProcessEnv): Promise<Parts> {
  const ownApi = `http://127.0.0.1:${flags.apiPort}`;
  const ownEngine = `http://127.0.0.1:${flags.enginePort}`;
  const supabaseElsewhere = Boolean(source.SUPABASE_URL) && !sameOrigin(env.SUPABASE_URL, ownApi);
  const engineElsewhere =
    Boolean(
      source.INNGEST_SIGNING_KEY || source.INNGEST_BASE_URL || /^http/.test(source.INNGEST_DEV ?? ""),
    ) && !sameOrigin(env.INNGEST_BASE_URL, ownEngine);
  return {
    embeddedSupabase: !supabaseElsewhere && !(await answers(`${ownApi}/auth/v1/health`)),
    embeddedEngine: !engineElsewhere && !(await answers(`${ownEngine}/health`)),
    standInOutlook: flags.demo || (!source.OUTLOOK_HOST && process.platform !== "win32"),
    standInClaude: flags.demo || (!source.CLAUDE_CODE_PATH && !isOnPath("claude", source.PATH ?? "")),
    standInCoStar: flags.demo || !(source.COSTAR_USERNAME || source.COSTAR_URL),
  };
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
  const names = process.platform === "win32" ? [`${program}.exe`] : [program];
  return pathList
    .split(path.delimiter)
    .some((folder) => names.some((name) => existsSync(path.join(folder, name))));
}
