import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { deliverToInbox, listMails } from "@/stack/outlook-host/mail-store";
import { folderPath } from "@/stack/outlook-host/store/accounts";
import { fileNameOf, newEntryId } from "@/stack/outlook-host/store/entry-id";
import { DESK, freshStore } from "./host-under-test";

const MINUTE_MS = 60_000;

describe("a mailbox of thousands of mails", () => {
  it("opens only the mails it lists, however many are older", async () => {
    const store = await freshStore();
    const start = Date.UTC(2026, 0, 1);
    const dir = folderPath(store, DESK, "inbox");
    // Files that cannot be read as mail: touching a single one would fail the listing.
    for (let minute = 0; minute < 3_000; minute += 1) {
      await writeFile(path.join(dir, fileNameOf(newEntryId(start + minute * MINUTE_MS)) ?? ""), "");
    }
    const since = start + 3_000 * MINUTE_MS;
    for (const minute of [2, 0, 1]) {
      const mail = { from: { address: "owner@holdings.example" }, subject: `new ${minute}`, text: "y" };
      await deliverToInbox(store, DESK, mail, { nowMs: since + minute * MINUTE_MS });
    }
    const { mails, more } = await listMails(store, DESK, "inbox", { sinceMs: since, limit: 2 });
    expect({ subjects: mails.map((mail) => mail.subject), more }).toEqual({
      subjects: ["new 0", "new 1"],
      more: true,
    });
    await rm(store.dir, { recursive: true });
  });
});
