import type { ReplyTab } from "@/lib/replies/reply-tabs";

export const TAB_WORDS: Record<ReplyTab, string> = {
  for_you: "Waiting",
  mine: "Mine",
  snoozed: "Put off",
  unmatched: "Unmatched",
  other: "Other",
  machine: "Machine",
  done: "Done",
  all: "All",
};

/** What an empty tab says: that it is fine, or how it fills. */
export const EMPTY_WORDS: Record<ReplyTab, { title: string; text: string }> = {
  for_you: {
    title: "No reply waits",
    text: "Interested owners, prices and anything unclear show up here by themselves.",
  },
  mine: {
    title: "No reply is assigned to you",
    text: "Open a waiting reply and press m to take it; others can assign one to you as well.",
  },
  snoozed: {
    title: "Nothing is put off",
    text: "Open a reply and press s to put it off until a day. It also comes back when the same person writes again.",
  },
  unmatched: {
    title: "Every mail belongs to a contact",
    text: "Mail from an address this desk does not know comes here, so that you can say whose it is.",
  },
  other: {
    title: "Nothing is filed as other",
    text: "What fits no category comes here. File it as what it is, and the agent learns from it.",
  },
  machine: {
    title: "No bounces, absences or receipts",
    text: "What machines write is settled by rules and kept here to look up.",
  },
  done: {
    title: "Nothing is put away yet",
    text: "Open a reply and press Done when nothing is left to do about it.",
  },
  all: {
    title: "No mail has come back yet",
    text: "Replies appear here within a minute of arriving in a mailbox, once a campaign has sent its first mails.",
  },
};
