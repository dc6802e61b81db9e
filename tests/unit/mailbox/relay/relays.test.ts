import { describe, expect, test } from "vitest";
import { readRole } from "@/lib/mailbox/relay/read-role";
import { isQuiet, sayClockOffset, sayRelay } from "@/lib/mailbox/relay/say-relay";
import { ConfigError } from "@/lib/server/env";

const NOW = Date.parse("2026-11-03T10:00:00Z");

describe("A relay", () => {
  test("is quiet after three minutes without a word, or when it never said one", () => {
    expect(isQuiet("2026-11-03T09:57:00Z", NOW)).toBe(false);
    expect(isQuiet("2026-11-03T09:56:59Z", NOW)).toBe(true);
    expect(isQuiet(null, NOW)).toBe(true);
  });

  test("has a clock worth a word only when it is off by half a minute", () => {
    expect([null, 0, 29_999, -29_999].map(sayClockOffset)).toEqual([null, null, null, null]);
    expect(sayClockOffset(45_000)).toBe("45 seconds ahead");
    expect(sayClockOffset(-600_000)).toBe("10 minutes behind");
  });

  test("is called by its machine and its address", () => {
    expect(sayRelay({ url: null, name: "PC-A" })).toBe("PC-A (the console's own)");
    expect(sayRelay({ url: null, name: "" })).toBe("the console's own");
    expect(sayRelay({ url: "http://10.0.0.5:3000", name: "PC-B" })).toBe("PC-B (10.0.0.5:3000)");
    expect(sayRelay({ url: "http://10.0.0.5:3000", name: "" })).toBe("10.0.0.5:3000");
  });
});

describe("A process that is only a relay", () => {
  const settings = {
    UPSTREAM_ROLE: "relay" as const,
    RELAY_SECRET: "sixteen letters!",
    RELAY_PUBLIC_URL: "http://pc-a.test:3000",
    CONSOLE_URL: "http://console.test:3000",
  };
  test("knows where it is reached and whom it tells", () => {
    expect(readRole(settings)).toEqual({
      publicUrl: "http://pc-a.test:3000",
      consoleUrl: "http://console.test:3000",
    });
    expect(readRole({ ...settings, UPSTREAM_ROLE: "all", RELAY_SECRET: undefined })).toBeNull();
  });

  test.each([
    ["RELAY_SECRET", { RELAY_SECRET: undefined }],
    ["RELAY_PUBLIC_URL", { RELAY_PUBLIC_URL: undefined }],
    ["CONSOLE_URL", { CONSOLE_URL: "http://pc-a.test:3000/" }],
  ])("does not start without a working %s, and names it", (name, change) => {
    expect(() => readRole({ ...settings, ...change })).toThrow(ConfigError);
    expect(() => readRole({ ...settings, ...change })).toThrow(name);
  });
});
