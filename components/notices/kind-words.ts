import type { DesktopKind } from "@/lib/notices/desktop-kinds";

/** What each choice is called: "Tell me when …". */
export const KIND_WORDS: Readonly<Record<DesktopKind, string>> = {
  approval: "something waits for my decision",
  reply: "an owner is interested or names a price",
  demotion: "the system puts a checkpoint back into plan",
  agents: "agents are paused",
  mailbox: "a mailbox cannot be read, or was paused by itself",
};
