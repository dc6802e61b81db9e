import { z } from "zod";

/** The command line of backup and restore, as the bootstrap read it; paths are absolute. */
export const dataFlagsSchema = z.object({
  file: z.string().min(1),
  force: z.boolean(),
  demo: z.boolean(),
  data: z.string().min(1),
  apiPort: z.number(),
});
export type DataFlags = z.infer<typeof dataFlagsSchema>;
