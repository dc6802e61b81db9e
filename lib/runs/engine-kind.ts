import "server-only";
import { z } from "zod";
import { remember } from "@/lib/server/remember";
import { ask, engineUrl } from "./ask-engine";
import { EngineError } from "./engine-error";

/** Ours, Inngest's dev server with a page of its own, or another Inngest server. */
export type EngineKind = "embedded" | "dev-server" | "server";

const REMEMBER_MS = 10_000;
const healthSchema = z.object({ name: z.string().optional() });
const devSchema = z.object({ functions: z.array(z.unknown()).nullish() });

/** Which engine answers at INNGEST_BASE_URL. @throws {EngineError} when none does. */
export function readEngineKind(): Promise<EngineKind> {
  return remember(`engine kind ${engineUrl()}`, REMEMBER_MS, async () => {
    const { name } = await ask("/health", healthSchema);
    if (name?.includes("embedded")) return "embedded";
    return ask("/dev", devSchema).then(
      () => "dev-server" as const,
      (error: unknown) => {
        if (error instanceof EngineError && error.kind !== "unreachable") return "server" as const;
        throw error;
      },
    );
  });
}

/** The dev server's own page of the runs, or of one run; null when another engine runs or none answers. */
export async function readDevServerHref(runId?: string): Promise<string | null> {
  const kind = await readEngineKind().catch((error: unknown) => {
    // The page says so where it lists the runs.
    if (error instanceof EngineError) return null;
    throw error;
  });
  if (kind !== "dev-server") return null;
  return runId === undefined
    ? `${engineUrl()}/runs`
    : `${engineUrl()}/run?runID=${encodeURIComponent(runId)}`;
}
