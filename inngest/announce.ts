import { logger } from "@/lib/server/logger";
import { inngest } from "./client";

type Sendable = Parameters<typeof inngest.send>[0];

/**
 * Tells the engine that something happened, without waiting for it. The row is already written, so when the engine is
 * down nothing is lost: the next sweep reads the row.
 */
export function announce(events: Sendable): void {
  inngest.send(events).catch((error: unknown) => {
    logger.warn({ err: error }, "the engine did not take an event; the next sweep will find the work");
  });
}
