import { z } from "zod";

/** What the launcher asks the stack server to serve; a part left out is served by somebody else. */
export const stackConfigSchema = z.object({
  dataDir: z.string(),
  migrationsDir: z.string(),
  seedFile: z.string(),
  logLevel: z.enum(["debug", "info", "warn", "error"]),
  /** A Postgres URL; without one the embedded Postgres in `dataDir` is opened */
  databaseUrl: z.string().optional(),
  supabase: z.object({ port: z.number(), publishableKey: z.string(), secretKey: z.string() }).optional(),
  engine: z.object({ port: z.number(), appUrl: z.string() }).optional(),
  costar: z
    .object({ port: z.number(), username: z.string(), password: z.string(), twoFactorS: z.number() })
    .optional(),
  owners: z.object({ storeDir: z.string() }).optional(),
});
export type StackConfig = z.infer<typeof stackConfigSchema>;

/** What the stack server answers once everything is up. */
export const stackReadySchema = z.object({
  ready: z.literal(true),
  supabaseUrl: z.string().optional(),
  engineUrl: z.string().optional(),
  costarUrl: z.string().optional(),
  applied: z.array(z.string()),
});
export type StackReady = z.infer<typeof stackReadySchema>;
