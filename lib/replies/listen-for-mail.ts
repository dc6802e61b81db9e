import "server-only";
import { logger } from "@/lib/server/logger";
import { serviceDb } from "@/lib/server/service-client";

const RETRY_MS = 5000;

/**
 * Calls back for a mail the moment its row is there, unless it came in a burst, which has a reader of its own. Realtime is a
 * hint: what it misses, the sweep finds, so a lost connection is only retried and logged.
 */
export function listenForMail(onMail: (emailId: string) => void): void {
  const db = serviceDb();
  const channel = db
    .channel("new-mail")
    .on("postgres_changes", { event: "INSERT", schema: "public", table: "synced_emails" }, (change) => {
      const { id, in_burst: inBurst, status } = change.new as Record<string, unknown>;
      if (typeof id === "string" && !inBurst && status === "new") onMail(id);
    })
    .subscribe((status, error) => {
      if (status === "SUBSCRIBED") return logger.debug("listening for new mail");
      if (status === "CLOSED") return undefined;
      logger.debug({ status, err: error }, "not listening for new mail; trying again");
      setTimeout(() => {
        void db.removeChannel(channel).then(() => listenForMail(onMail));
      }, RETRY_MS).unref();
      return undefined;
    });
}
