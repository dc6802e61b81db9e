import { z } from "zod";

/** What an operator can be told on their own desktop. */
export const DESKTOP_KINDS = ["approval", "reply", "demotion", "agents", "mailbox"] as const;
export type DesktopKind = (typeof DESKTOP_KINDS)[number];

export const desktopKindsSchema = z.array(z.enum(DESKTOP_KINDS)).max(DESKTOP_KINDS.length);

/** One thing that waits, as a desktop notification says it. */
export interface WaitingItem {
  /** The same for as long as it is the same thing. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** Where it is dealt with. */
  readonly href: string;
  /** Since when (ISO); null for what has no moment of its own, like a mailbox that fails. */
  readonly at: string | null;
}
