import "server-only";
import { z } from "zod";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/**
 * Deletes the rows of one import whose time is over: a week for a file that was never used, 30 days after it was. The import itself
 * stays, as where contacts came from. @returns imports whose check stands still.
 */
export async function tidyImports(): Promise<string[]> {
  return z.array(z.string()).parse(unwrap(await serviceDb().rpc("tidy_imports", {})));
}
