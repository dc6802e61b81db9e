import type { ReplyTab } from "@/lib/replies/reply-tabs";

export const TAB_WORDS: Record<ReplyTab, string> = {
  for_you: "For you",
  all: "All",
  unmatched: "Unmatched",
  machine: "Machine",
  done: "Done",
};

/** What an empty tab says: that it is fine, or how it fills. */
export const EMPTY_WORDS: Record<ReplyTab, { title: string; text: string }> = {
  for_you: {
    title: "No replies wait for you",
    text: "The inbox is read every 60 seconds. Interested owners, prices and anything unclear show up here by themselves.",
  },
  all: {
    title: "No mail has come back yet",
    text: "Replies appear here within a minute of arriving in a mailbox, once a campaign has sent its first mails.",
  },
  unmatched: {
    title: "Every mail belongs to a contact",
    text: "Mail from an address this desk does not know comes here, so that you can say whose it is.",
  },
  machine: {
    title: "No bounces, absences or receipts",
    text: "What machines write is settled by rules and kept here to look up.",
  },
  done: {
    title: "Nothing is put away yet",
    text: "Open a reply and press Done when nothing is left to do about it.",
  },
};
