import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { accountOf, listEntryIds, type SendStage, sendMail } from "@/stack/outlook-host/mail-store";
import { buildStandIn } from "../build-stand-in";
import { callHost, DESK, freshStore, sendRequest, writeRequest } from "./host-under-test";

const run = promisify(execFile);
let host: string;

beforeAll(async () => {
  host = await buildStandIn("stack/outlook-host/main.ts");
});

describe("one key", () => {
  it("gives one mail when many calls race in one process", async () => {
    const store = await freshStore();
    await Promise.all(Array.from({ length: 30 }, () => callHost(store, sendRequest())));
    expect(await listEntryIds(store, DESK, "sent")).toHaveLength(1);
    expect(await listEntryIds(store, DESK, "outbox")).toHaveLength(0);
  });

  it("gives one mail when eight processes race", async () => {
    const store = await freshStore();
    const request = await writeRequest(sendRequest());
    const env = { ...process.env, OUTLOOK_STANDIN_DATA: store.dir };
    const outs = await Promise.all(
      Array.from({ length: 8 }, () => run(process.execPath, [host, request], { env })),
    );
    const ids = outs.map(({ stdout }) => JSON.parse(stdout).result.item.entryId);
    expect(new Set(ids).size).toBe(1);
    expect(await listEntryIds(store, DESK, "sent")).toEqual([ids[0]]);
    expect(await listEntryIds(store, DESK, "outbox")).toHaveLength(0);
  });

  it.each([
    ["claimed", "drafts"],
    ["in outbox", "outbox"],
    ["sent", "sent"],
  ] as const)("is found and carried on after a crash once it was %s", async (stage, folder) => {
    const store = await freshStore();
    const crash = sendMail(store, accountOf(store, DESK.address), sendRequest(), {
      reached: (now: SendStage) => {
        if (now === stage) throw new Error("power cut");
      },
    });
    await expect(crash).rejects.toThrow("power cut");
    const left = await callHost(store, {
      action: "find",
      account: DESK.address,
      idempotencyId: "send-0001",
    });
    expect(left.item?.folder).toBe(folder);
    const again = await callHost(store, sendRequest({ bodyText: "another body" }));
    expect(again.item).toMatchObject({ folder: "sent", entryId: left.item?.entryId });
    expect(await listEntryIds(store, DESK, "sent")).toHaveLength(1);
    expect(await listEntryIds(store, DESK, "outbox")).toHaveLength(0);
  });

  it("gives one whole mail after kill -9 at any instant", async () => {
    const store = await freshStore();
    const env = { ...process.env, OUTLOOK_STANDIN_DATA: store.dir };
    for (let round = 0; round < 12; round += 1) {
      const request = await writeRequest(sendRequest({ idempotencyId: `killed-${100 + round}` }));
      const child = spawn(process.execPath, [host, request], { env, stdio: "ignore" });
      // Spread over the life of the process: start-up takes about 80 ms, the send itself about 10.
      const timer = setTimeout(() => child.kill("SIGKILL"), 50 + round * 6);
      await once(child, "exit");
      clearTimeout(timer);
      const { stdout } = await run(process.execPath, [host, request], { env });
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, result: { item: { folder: "sent" } } });
    }
    expect(await listEntryIds(store, DESK, "sent")).toHaveLength(12);
    expect(await listEntryIds(store, DESK, "outbox")).toHaveLength(0);
  });
});
