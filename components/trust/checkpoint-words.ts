import type { Checkpoint } from "@/lib/approvals/proposals";

type CheckpointWords = {
  title: string;
  /** What happens there in plan mode. */
  plan: string;
  /** What auto would do without asking. */
  auto: string;
};

export const CHECKPOINT_WORDS: Record<Checkpoint, CheckpointWords> = {
  sourcing: {
    title: "Sourcing",
    plan: "You see the CoStar payloads the sourcing agent wrote before they go on to extraction.",
    auto: "Payloads that pass every check go straight to the extraction checkpoint. Nothing leaves the desk.",
  },
  extraction: {
    title: "Extraction",
    plan: "You approve the payloads, then tap the 2FA prompt on your phone.",
    auto: "Not possible: CoStar asks for a tap on the phone, so a person is always there.",
  },
  campaign: {
    title: "Campaign",
    plan: "You see every contact, every mail and the exact schedule before anything is sent.",
    auto: "A planned campaign starts sending at its first due time without anybody having read the mails.",
  },
  classification: {
    title: "Classification",
    plan: "You confirm what the agent made of each reply before anything is done about it.",
    auto: "Replies are filed and acted on at once. Below 70% confidence, and for anything warm, a person is still asked.",
  },
};
