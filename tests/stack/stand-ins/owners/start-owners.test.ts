import { describe, expect, it, vi } from "vitest";
import { listEntryIds } from "@/stack/outlook-host/mail-store";
import { startOwners } from "@/stack/owners/start-owners";
import { DESK, freshStore } from "../outlook-host/host-under-test";
import { mailTo, personaByName, SENT_AT_MS } from "./owners-under-test";

describe("startOwners", () => {
  it("answers while it runs, and lets go of its timer when closed", async () => {
    const store = await freshStore();
    const timers = new Set<() => void>();
    const owners = startOwners({
      storeDir: store.dir,
      minDelayMs: 0,
      maxDelayMs: 0,
      seed: "test",
      personaFor: personaByName,
      clock: {
        now: () => SENT_AT_MS + 3_600_000,
        after: (_ms, run) => {
          timers.add(run);
          return () => timers.delete(run);
        },
      },
    });
    await mailTo(store, "interested.1@cedar-realty.example");
    await vi.waitFor(async () => {
      for (const run of timers) {
        timers.delete(run);
        run();
      }
      expect(await listEntryIds(store, DESK, "inbox")).toHaveLength(1);
    });
    await owners.close();
    expect(timers.size).toBe(0);
  });
});
