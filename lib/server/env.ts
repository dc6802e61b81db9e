import { z } from "zod";
import { LOCAL_PUBLISHABLE_KEY, LOCAL_SERVICE_KEY } from "./local-keys";

const flag = z
  .enum(["true", "false", "1", "0"], { error: "allowed: true or false" })
  .transform((value) => value === "true" || value === "1");
const httpUrl = z.url({ protocol: /^https?$/, error: "allowed: an http(s) address" });
const wholeNumber = z.coerce.number({ error: "allowed: a whole number" }).int().positive();
const addresses = z.string().transform((value, context) => {
  const list = value.split(",").map((item) => item.trim().toLowerCase());
  for (const item of list) {
    if (!z.email().safeParse(item).success)
      context.addIssue({ code: "custom", message: "allowed: e-mail addresses with commas between" });
  }
  return list;
});

/** Every setting the program reads from its environment, with the users' own names and defaults. */
const envSchema = z.object({
  SUPABASE_URL: httpUrl.default("http://127.0.0.1:55321"),
  SUPABASE_SERVICE_KEY: z.string().min(1).default(LOCAL_SERVICE_KEY),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1).default(LOCAL_PUBLISHABLE_KEY),
  DRY_RUN: flag.default(false),
  CLAUDE_CODE_PATH: z.string().min(1).default("claude"),
  CLAUDE_MODEL: z.string().min(1).default("sonnet"),
  AGENT_TIMEOUT_S: wholeNumber.default(120),
  AGENT_BUDGET_USD: z.coerce.number({ error: "allowed: dollars, like 0.50" }).positive().default(0.5),
  AGENT_CONCURRENCY: wholeNumber.max(50).default(3),
  LOG_LEVEL: z
    .enum(["DEBUG", "INFO", "WARNING", "ERROR"], { error: "allowed: DEBUG, INFO, WARNING, ERROR" })
    .default("INFO"),
  CONSOLE_URL: httpUrl.default("http://127.0.0.1:3000"),
  INNGEST_BASE_URL: httpUrl.default("http://127.0.0.1:8288"),
  RELAY_URL: httpUrl.optional(),
  RELAY_SECRET: z.string().min(16, "at least 16 characters").optional(),
  RELAY_PUBLIC_URL: httpUrl.optional(),
  RELAY_LISTEN: z.string().min(1).optional(),
  UPSTREAM_ROLE: z.enum(["all", "relay"], { error: "allowed: all, relay" }).default("all"),
  OUTLOOK_HOST: z.string().min(1).optional(),
  OUTLOOK_ACCOUNTS: addresses.optional(),
  MAIL_ACCOUNTS_FILE: z.string().min(1).optional(),
  MAIL_ADDRESS: z.email("allowed: an e-mail address").optional(),
  MAIL_NAME: z.string().min(1).optional(),
  MAIL_USER: z.string().min(1).optional(),
  MAIL_PASSWORD: z.string().min(1).optional(),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: wholeNumber.max(65_535).optional(),
  IMAP_HOST: z.string().min(1).optional(),
  IMAP_PORT: wholeNumber.max(65_535).optional(),
  SYNC_FIRST_RUN_DAYS: wholeNumber.max(90).default(7),
  COSTAR_URL: httpUrl.default("https://product.costar.com"),
  COSTAR_USERNAME: z.string().min(1).optional(),
  COSTAR_PW: z.string().min(1).optional(),
  COSTAR_2FA_TIMEOUT_S: wholeNumber.default(120),
  COSTAR_REQUESTS_PER_MINUTE: wholeNumber.max(600).default(60),
  COSTAR_STATE_KEY: z.string().min(32, "at least 32 characters").optional(),
  COSTAR_PROFILE_DIR: z.string().min(1).optional(),
  CHROMIUM_PATH: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https$/, error: "allowed: an https address" }).optional(),
  UPSTREAM_DATA_DIR: z.string().min(1).default(".upstream"),
  UPSTREAM_ADMIN_EMAIL: z.email().optional(),
  UPSTREAM_ADMIN_PASSWORD: z.string().min(10, "at least 10 characters").optional(),
});

export type Env = z.infer<typeof envSchema>;

/** A setting has a value that cannot be used. The message is one line per variable, ready to print. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigError";
  }
}

const SECRETS = new Set([
  "SUPABASE_SERVICE_KEY",
  "RELAY_SECRET",
  "MAIL_PASSWORD",
  "COSTAR_PW",
  "COSTAR_STATE_KEY",
  "UPSTREAM_ADMIN_PASSWORD",
]);

/**
 * Parses settings once. An empty variable counts as absent, as in a copied `.env.example`.
 * @throws {ConfigError} naming each variable, what was found (secrets hidden) and what is allowed.
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = envSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const found = SECRETS.has(name) ? "(hidden)" : `"${present[name]}"`;
      return `${name} is ${found}: ${issue.message}`;
    }),
  );
}

let cached: Env | undefined;

/** This process's settings. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}
