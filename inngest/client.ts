import { Inngest } from "inngest";
import { env } from "@/lib/server/env";
import { logger } from "@/lib/server/logger";

/**
 * The engine is asked to sign its calls wherever a signing key is set; without one this is a loopback installation, and
 * proxy.ts lets nobody else reach the serve endpoint.
 */
export const inngest = new Inngest({
  id: "upstream",
  isDev: !process.env.INNGEST_SIGNING_KEY,
  baseUrl: env().INNGEST_BASE_URL,
  logger,
});
