import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { endTree } from "@/lib/server/end-tree";

const elsewhere = process.platform === "win32" ? test.skip : test;

elsewhere("a program is ended with what it started, and ending it again is no error", async () => {
  const script = "trap '' TERM; sleep 60 & echo $!; wait";
  const leader = spawn("/bin/sh", ["-c", script], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(leader, "close");
  await once(leader.stdout, "data");
  const pid = leader.pid ?? 0;
  await endTree(pid);
  // "close" comes only when nobody holds its output any more: the sleeper it started is gone too.
  expect(await ended).toEqual([null, "SIGKILL"]);
  await expect(endTree(pid)).resolves.toBeUndefined();
});

elsewhere("on Windows a missing taskkill is nothing to end, and nobody waits for it", async () => {
  await expect(endTree(999_999, { platform: "win32" })).resolves.toBeUndefined();
});
