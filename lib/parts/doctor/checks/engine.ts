import { z } from "zod";
import { deskRuns, isLoopback, skipOnRelay } from "@/lib/parts/doctor/applies";
import { type Check, fine, mend, note } from "@/lib/parts/doctor/check";

const listSchema = z.object({ data: z.array(z.unknown()) });

export const engine: Check = {
  id: "engine",
  group: "The desk",
  title: "Engine",
  skip: skipOnRelay,
  look: async (tools) => {
    const { env, given } = tools;
    const base = env.INNGEST_BASE_URL;
    const key = given.INNGEST_SIGNING_KEY;
    let response: Response;
    try {
      response = await tools.fetch(new URL("/v1/apps/upstream/functions", base).href, {
        headers: key ? { authorization: `Bearer ${key}` } : {},
      });
    } catch {
      if (isLoopback(base) && !(await deskRuns(tools)))
        return note(`Nobody answers at ${base}; the embedded engine starts with the desk.`);
      return mend(`Nobody answers at ${base}.`, "Start the Inngest server, or check INNGEST_BASE_URL.");
    }
    if (response.status === 401 || response.status === 403)
      return mend(`${base} refuses the signing key.`, "Set INNGEST_SIGNING_KEY to this environment's key.");
    const list = listSchema.safeParse(await response.json().catch(() => undefined));
    const count = list.success ? list.data.data.length : 0;
    if (response.ok && count > 0) return fine(`It answers at ${base} and knows ${count} functions.`);
    return mend(
      `${base} answers but does not know the desk's functions.`,
      "Start the desk; if they stay unknown, register its address /api/inngest with the Inngest server.",
    );
  },
};
