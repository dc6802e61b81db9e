import { z } from "zod";

const subjectSchema = z.object({
  searchId: z.string().optional().catch(undefined),
  emailId: z.string().optional().catch(undefined),
  mailboxId: z.string().optional().catch(undefined),
});

/** The page of what a run is about, from the data of the event that started it; null for clockwork. */
export function subjectOf(eventData: unknown): { label: string; href: string } | null {
  const parsed = subjectSchema.safeParse(eventData);
  if (!parsed.success) return null;
  const { searchId, emailId, mailboxId } = parsed.data;
  if (searchId) return { label: "The search", href: `/searches/${encodeURIComponent(searchId)}` };
  if (emailId) return { label: "The reply", href: `/replies/${encodeURIComponent(emailId)}?tab=all` };
  if (mailboxId) return { label: "The mailbox", href: "/settings/mailboxes" };
  return null;
}
