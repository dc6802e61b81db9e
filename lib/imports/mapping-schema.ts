import { z } from "zod";
import { FIELD_NAMES, type ImportField, type Mapping } from "./columns";

/** Which column each field is read from, as the API and the page send it: `{"email": "Owner E-mail"}`. */
export const mappingSchema: z.ZodType<Mapping> = z.partialRecord(
  z.enum(FIELD_NAMES as [ImportField, ...ImportField[]]),
  z.string().min(1).max(140),
);
