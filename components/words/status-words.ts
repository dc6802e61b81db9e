import {
  BanIcon,
  CircleAlertIcon,
  CircleCheckIcon,
  CircleDashedIcon,
  CircleDotIcon,
  CircleHelpIcon,
  CirclePauseIcon,
  CircleXIcon,
  ClockIcon,
  HourglassIcon,
  LoaderIcon,
  type LucideIcon,
  MessageSquareTextIcon,
  MoonIcon,
  PencilLineIcon,
  SendIcon,
  UserIcon,
} from "lucide-react";

export type Tone = "neutral" | "positive" | "attention" | "danger" | "info";
export type StatusWord = { text: string; tone: Tone; icon: LucideIcon };

const word = (text: string, tone: Tone, icon: LucideIcon): StatusWord => ({ text, tone, icon });
const waitsForYou = (text: string) => word(text, "attention", UserIcon);
const working = (text: string) => word(text, "info", LoaderIcon);
const done = (text: string) => word(text, "positive", CircleCheckIcon);
const failed = (text: string) => word(text, "danger", CircleXIcon);
const ended = (text: string) => word(text, "neutral", BanIcon);
const paused = word("Paused", "attention", CirclePauseIcon);
const active = word("Active", "positive", CircleDotIcon);

/** The words for every status the database can hold, by what carries it. */
export const STATUS_WORDS = {
  search: {
    new: word("New", "info", CircleDashedIcon),
    sourcing: working("Writing payloads"),
    awaiting_sourcing: waitsForYou("Payloads wait for you"),
    awaiting_extraction: waitsForYou("Extraction waits for you"),
    extracting: working("Extracting"),
    scheduling: working("Planning the campaign"),
    awaiting_campaign: waitsForYou("Campaign waits for you"),
    active,
    completed: done("Completed"),
    rejected: ended("Rejected"),
    failed: failed("Failed"),
    cancelled: ended("Cancelled"),
  },
  approval: {
    pending: waitsForYou("Waits for you"),
    approved: done("Approved"),
    rejected: ended("Rejected"),
    changes_requested: word("Changes asked for", "info", MessageSquareTextIcon),
    superseded: word("Replaced by a revision", "neutral", PencilLineIcon),
    expired: word("Expired, can be reopened", "attention", HourglassIcon),
    snoozed: word("Not now", "neutral", MoonIcon),
  },
  campaign: {
    draft: word("Draft", "neutral", PencilLineIcon),
    awaiting_approval: waitsForYou("Waits for you"),
    active,
    paused,
    completed: done("Completed"),
    stopped: ended("Stopped"),
    rejected: ended("Rejected"),
  },
  enrollment: {
    active,
    paused,
    stopped: ended("Stopped"),
    completed: done("Completed"),
  },
  send: {
    scheduled: word("Scheduled", "info", ClockIcon),
    sending: word("Sending", "info", SendIcon),
    sent: done("Sent"),
    uncertain: word("Uncertain", "attention", CircleHelpIcon),
    failed: failed("Failed"),
    skipped: ended("Skipped"),
    cancelled: ended("Cancelled"),
  },
  reply: {
    new: word("New", "info", CircleDashedIcon),
    classifying: working("Being read"),
    routed: done("Routed"),
    needs_person: waitsForYou("Needs a person"),
    done: done("Done"),
  },
  extraction: {
    waiting: word("Waiting to start", "neutral", ClockIcon),
    running: working("Running"),
    stopped: ended("Stopped"),
    completed: done("Completed"),
    failed: failed("Failed"),
    cancelled: ended("Cancelled"),
  },
  import: {
    reading: working("Being read"),
    unmapped: waitsForYou("Needs its columns"),
    checking: working("Checking the rows"),
    ready: waitsForYou("Ready to import"),
    used: done("Handed to its search"),
    discarded: ended("Thrown away"),
  },
  run: {
    running: working("Running"),
    succeeded: done("Succeeded"),
    failed: failed("Failed"),
  },
  mailbox: { active, paused },
  connection: {
    offline: word("Signed out", "neutral", CircleDashedIcon),
    starting: working("Signing in"),
    waiting_2fa: waitsForYou("Waits for 2FA on your phone"),
    connected: done("Signed in"),
    expired: word("Session expired", "attention", HourglassIcon),
    error: failed("Sign-in failed"),
  },
  task: {
    open: word("Open", "info", CircleDotIcon),
    done: done("Done"),
  },
  learning: {
    active,
    retired: ended("Retired"),
  },
  shadow: {
    running: working("Running beside it"),
    stopped: ended("Stopped"),
    switched: done("Switched to it"),
  },
  agents: {
    closed: word("Running", "positive", CircleDotIcon),
    open: word("Paused", "attention", CirclePauseIcon),
    probing: word("Being tried", "info", LoaderIcon),
  },
  category: {
    pricing_given: word("Price given", "positive", CircleDotIcon),
    interested: word("Interested", "positive", CircleDotIcon),
    question: word("Question", "info", CircleHelpIcon),
    referral: word("Referral", "info", UserIcon),
    buyer_inquiry: word("Buyer inquiry", "info", UserIcon),
    broker_redirect: word("Broker named", "info", UserIcon),
    wrong_contact: word("Wrong contact", "attention", CircleAlertIcon),
    soft_pass: word("Not now", "neutral", MoonIcon),
    hard_pass: word("Never", "danger", BanIcon),
    opt_out: word("Opted out", "danger", BanIcon),
    complaint: word("Complaint", "danger", CircleAlertIcon),
    bounce: word("Bounce", "attention", CircleXIcon),
    out_of_office: word("Out of office", "neutral", MoonIcon),
    receipt: word("Receipt", "neutral", CircleCheckIcon),
    other: word("Other", "neutral", CircleDashedIcon),
  },
} satisfies Record<string, Record<string, StatusWord>>;

export type StatusOf = keyof typeof STATUS_WORDS;

/** Words, tone and icon of a status; one this page has not heard of is said as it is spelled. */
export function readStatus(of: StatusOf, status: string): StatusWord {
  const words: Record<string, StatusWord> = STATUS_WORDS[of];
  const spelled = status.replaceAll("_", " ");
  return (
    words[status] ?? word(spelled.charAt(0).toUpperCase() + spelled.slice(1), "neutral", CircleDashedIcon)
  );
}
