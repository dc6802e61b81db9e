import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ConfigError, parseEnv } from "@/lib/server/env";

describe("settings", () => {
  test("keep the users' own names and defaults", () => {
    expect(parseEnv({})).toMatchObject({
      SUPABASE_URL: "http://127.0.0.1:55321",
      DRY_RUN: false,
      CLAUDE_CODE_PATH: "claude",
      LOG_LEVEL: "INFO",
    });
    expect(parseEnv({ SUPABASE_SERVICE_KEY: "" }).SUPABASE_SERVICE_KEY).toMatch(/^sb_secret_/);
  });

  test("name each wrong variable in one line, with what was found and what is allowed, and hide secrets", () => {
    const parse = () =>
      parseEnv({
        DRY_RUN: "maybe",
        SUPABASE_URL: "ftp://x",
        LOG_LEVEL: "LOUD",
        UPSTREAM_ADMIN_PASSWORD: "short",
      });
    expect(parse).toThrow(ConfigError);
    try {
      parse();
    } catch (error) {
      const { problems } = error as ConfigError;
      expect(problems).toEqual([
        'SUPABASE_URL is "ftp://x": allowed: an http(s) address',
        'DRY_RUN is "maybe": allowed: true or false',
        'LOG_LEVEL is "LOUD": allowed: DEBUG, INFO, WARNING, ERROR',
        "UPSTREAM_ADMIN_PASSWORD is (hidden): at least 10 characters",
      ]);
    }
  });

  test("are all in the README's table and in .env.example", () => {
    const source = readFileSync("lib/server/env.ts", "utf8");
    const names = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name ?? "");
    expect(names.length).toBeGreaterThan(20);
    const readme = readFileSync("README.md", "utf8");
    const example = readFileSync(".env.example", "utf8");
    for (const name of names) {
      expect(readme, name).toContain(`\`${name}\``);
      expect(example, name).toContain(`${name}=`);
    }
  });
});
