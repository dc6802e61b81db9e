import type { Tone } from "@/components/words/status-words";

type FlagWords = { title: string; text: string; tone: Tone };

const WORDS: Record<string, FlagWords> = {
  injection_attempt: {
    title: "This mail tries to give instructions to a program",
    text: "Its words look like commands for an assistant. They were treated as text only and changed nothing; whatever the agent made of the mail, a person decides.",
    tone: "danger",
  },
  parse_problem: {
    title: "Part of this mail could not be read",
    text: "What arrived is kept and shown below as it came.",
    tone: "attention",
  },
  asks_to_stop: {
    title: "An automatic reply that asks for no more mail",
    text: "It may be the owner's wish or a phrase of the machine. Say which by filing it.",
    tone: "attention",
  },
  left_company: {
    title: "The person has left the company",
    text: "The automatic reply says so. It may name who took over.",
    tone: "attention",
  },
  challenge: {
    title: "The mailbox asks you to prove that you are a person",
    text: "Your mail waits there until somebody answers the challenge.",
    tone: "attention",
  },
  acknowledgement: {
    title: "An automatic acknowledgement",
    text: "A ticket system or shared mailbox wrote it; a person may follow.",
    tone: "info",
  },
  no_failed_recipient: {
    title: "The notice does not say which address failed",
    text: "No address was excluded because of it.",
    tone: "attention",
  },
  never_mailed: {
    title: "The notice is about an address this desk never mailed",
    text: "It may be forged, so nobody was excluded.",
    tone: "attention",
  },
  not_a_complaint: {
    title: "A feedback report that is no complaint",
    text: "It reports on delivery, not on a person who pressed the spam button.",
    tone: "info",
  },
  before_first_send: {
    title: "It came before the desk's first mail",
    text: "Nothing was done about it; it is kept to look up.",
    tone: "info",
  },
  empty: { title: "This mail has no words of its own", text: "There may be an attachment.", tone: "info" },
  has_attachment: {
    title: "It has an attachment",
    text: "Open it in Outlook; attachments are never opened here.",
    tone: "info",
  },
};

/** A flag in words. `has_price` says nothing the price beside the mail does not say, so it has none. */
export function readFlag(flag: string): FlagWords | null {
  if (flag === "has_price") return null;
  return WORDS[flag] ?? { title: flag.replaceAll("_", " "), text: "", tone: "neutral" };
}
