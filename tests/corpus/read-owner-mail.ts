import { decideByRules, type RuleDecision } from "@/lib/mail-rules/decide-by-rules";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { nextBusinessDayAfter } from "@/lib/mail-rules/return-date";
import { readReplyFacts } from "@/lib/replies/reply-facts";
import { type Verdict, verdictForPerson, verdictOfAgent, verdictOfRules } from "@/lib/replies/verdict";
import { answerClassifier } from "@/stack/claude/classifier/answer-classifier";
import type { AskedRange, OwnerMail } from "./owner-files";

/** Categories whose routing rule sends the mail to a person, as the database begins with them. */
const TO_PERSON: ReadonlySet<string> = new Set([
  "pricing_given",
  "interested",
  "question",
  "referral",
  "buyer_inquiry",
  "broker_redirect",
  "other",
]);

/** What the product makes of one mail of an owner, rules and stand-in classifier together. */
export interface OwnerReading {
  kind: string;
  why: string;
  category: string;
  optOut: "certain" | "ask" | "no";
  toPerson: boolean;
  words: string;
  asking: AskedRange | null;
  capRateBps: number | null;
  followUpOn: string | null;
  awayUntil: string | null;
  phones: string[];
  names: string[];
}

const KINDS: Partial<Record<RuleDecision["kind"], string>> = { undecided: "reply", opt_out: "reply" };

export async function readOwnerMail({ expected, bytes }: OwnerMail): Promise<OwnerReading> {
  const mail = await parseMail(bytes);
  const decision = decideByRules(mail, {
    sent: expected.sent,
    mailedTo: expected.mailedTo,
    ownAddresses: new Set(expected.ownAddresses),
    receivedAt: expected.receivedAt,
  });
  const verdict = judge(decision, mail.from?.address ?? "", mail.subject, expected.receivedAt);
  const facts = readReplyFacts({ ...decision.facts, ...(verdict.details.facts as object | undefined) });
  const agentPrice = facts.agent?.askingPriceUsd ?? null;
  const toPerson =
    verdict.details.toPerson === true || verdict.confidence < 0.7 || TO_PERSON.has(verdict.category);
  const people = (verdict.details.people ?? decision.facts.people) as { name: string }[];
  return {
    kind: decision.flags.includes("unrelated") ? "other" : (KINDS[decision.kind] ?? decision.kind),
    why: verdict.reason,
    category: verdict.category,
    optOut: optOutOf(verdict, decision, toPerson),
    toPerson: decision.kind === "own" ? false : isUnclearBounce(decision) || toPerson,
    words: decision.visibleText,
    asking: facts.askingPrice ?? (agentPrice === null ? null : { lowUsd: agentPrice, highUsd: agentPrice }),
    capRateBps: facts.capRate?.lowBps ?? null,
    followUpOn: facts.followUp?.isoDate ?? null,
    awayUntil: backOn(decision),
    phones: [...facts.phones.map((one) => one.e164 ?? one.words), ...(facts.agent?.phones ?? [])].map((one) =>
      one.replace(/\D/g, ""),
    ),
    names: people.map((one) => one.name),
  };
}

const isUnclearBounce = (decision: RuleDecision) =>
  decision.kind === "bounce" && decision.bounce.verdict === "undecided";

function judge(decision: RuleDecision, from: string, subject: string, receivedAt: string): Verdict {
  if (decision.kind !== "undecided") return verdictOfRules(decision);
  if (decision.visibleText.trim() === "") return verdictForPerson(decision.why);
  const answer = answerClassifier(
    { mail: { from, subject, text: decision.visibleText, receivedAt }, sent: null, facts: decision.facts },
    false,
  );
  if (answer === null || "results" in answer) throw new Error("the stand-in classifier gave no answer");
  return verdictOfAgent(answer, "run", decision);
}

function optOutOf(verdict: Verdict, decision: RuleDecision, toPerson: boolean): OwnerReading["optOut"] {
  const never = ["opt_out", "hard_pass", "complaint"].includes(verdict.category);
  if (never && !toPerson) return "certain";
  return never || decision.flags.includes("asks_to_stop") ? "ask" : "no";
}

function backOn(decision: RuleDecision): string | null {
  if (decision.kind !== "auto_reply" || !decision.returnDate) return null;
  const { isoDate, meaning } = decision.returnDate;
  return meaning === "back_on" ? isoDate : nextBusinessDayAfter(isoDate);
}
