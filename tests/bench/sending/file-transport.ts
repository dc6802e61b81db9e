import { fdatasyncSync, openSync, writeSync } from "node:fs";
import type { HandOver, OutgoingMail } from "@/lib/mailbox/transport";

/** Hands mail over into a file: one line each, on the disk before it answers. */
export function openFileTransport(path: string) {
  const file = openSync(path, "a");
  let lastAt = 0;
  return {
    send: async (mail: Pick<OutgoingMail, "key" | "to">): Promise<HandOver> => {
      lastAt = Date.now();
      writeSync(file, `${mail.key} ${mail.to}\n`);
      fdatasyncSync(file);
      const sentAtUtc = new Date().toISOString();
      return {
        status: "submitted",
        item: {
          folder: "sent",
          entryId: mail.key,
          conversationId: null,
          internetMessageId: `<${mail.key}@desk.test>`,
          sentAtUtc,
        },
      };
    },
    /** When a hand-over last began, epoch milliseconds */
    get lastAt() {
      return lastAt;
    },
  };
}
