import { z } from "zod";

/** The command line as the bootstrap read it. */
export const flagsSchema = z.object({
  once: z.boolean(),
  dryRun: z.boolean().optional(),
  demo: z.boolean(),
  json: z.boolean(),
  relayOnly: z.boolean().default(false),
  dev: z.boolean().default(false),
  logLevel: z.enum(["DEBUG", "INFO", "WARNING", "ERROR"]).optional(),
  port: z.number(),
  apiPort: z.number(),
  enginePort: z.number(),
  data: z.string(),
  /** Asked for by name; otherwise whichever engine answers, and the embedded one when none does. */
  engine: z.enum(["embedded", "inngest"]).optional(),
});
export type Flags = z.infer<typeof flagsSchema>;

/** Something a person must mend before the desk can start; the message says what and how. */
export class StartError extends Error {
  override name = "StartError";
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
