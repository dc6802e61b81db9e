import "server-only";
import { outlookTransport } from "@/lib/mailbox/outlook/outlook-transport";
import type { MailTransport } from "@/lib/mailbox/transport";

/** The transport of the machine this relay runs on. */
export function localTransport(): MailTransport {
  return outlookTransport;
}
