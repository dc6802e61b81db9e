import { z } from "zod";

const contactDraftSchema = z.object({
  name: z.string().catch(""),
  email: z.string().nullable().catch(null),
  phone: z.string().nullable().catch(null),
  title: z.string().nullable().catch(null),
  words: z.string().catch(""),
});
export type ContactDraft = z.infer<typeof contactDraftSchema>;

/** A proposed contact's draft as a form shows it; what is missing is empty. */
export function readContactDraft(draft: unknown): ContactDraft {
  return contactDraftSchema.parse(typeof draft === "object" && draft !== null ? draft : {});
}
