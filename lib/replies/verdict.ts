import { DELAYED } from "@/lib/mail-rules/bounce-verdict";
import type { RuleDecision } from "@/lib/mail-rules/decide-by-rules";
import type { NamedPerson } from "@/lib/mail-rules/named-people";
import { hasPriceFacts } from "@/lib/mail-rules/price-facts";
import { asksForAnswer, findDoubt } from "@/lib/mail-rules/wish-doubts";
import type { Category, Classification } from "./classification";
import { endQuotesOnce } from "./end-quotes-once";

/** What one mail is, before anything is done about it. */
export interface Verdict {
  readonly category: Category;
  readonly confidence: number;
  readonly reason: string;
  readonly decidedBy: "rules" | "agent";
  readonly details: Readonly<Record<string, unknown>>;
}

/** This mail's share of the agent run that read it. Cost in millionths of a dollar. */
export interface AgentShare {
  readonly costMicrousd: number;
  readonly ms: number;
  readonly batch: number;
}

/** What a decision of the rules comes to. */
export function verdictOfRules(decision: Exclude<RuleDecision, { kind: "undecided" }>): Verdict {
  // Our own mail is put away when it comes in; one that got here all the same is looked at.
  if (decision.kind === "own") return verdictForPerson(decision.why);
  const verdict = {
    category: decision.category,
    confidence: 1,
    reason: endQuotesOnce(decision.why),
    decidedBy: "rules" as const,
  };
  switch (decision.kind) {
    case "bounce":
      return { ...verdict, details: { bounce: hardRecipients(decision.bounce) } };
    case "auto_reply": {
      // A machine that says its owner wants no more mail, or has left, is not simply out of office.
      const odd = decision.flags.some(
        (flag) => flag === "asks_to_stop" || flag === "left_company" || flag === "challenge",
      );
      // Away without a day that can be told: held, and a person is asked once, instead of a mail to somebody on leave.
      const open = decision.autoReply.what === "out_of_office" && decision.returnDate === null;
      return { ...verdict, details: { returnDate: decision.returnDate, toPerson: odd || open } };
    }
    case "complaint":
      return { ...verdict, details: { toPerson: decision.flags.includes("not_a_complaint") } };
    case "opt_out":
      return { ...verdict, details: { toPerson: decision.optOut.ask !== null } };
    default:
      return { ...verdict, details: {} };
  }
}

/** Each recipient has a verdict of its own; only the hard ones may be excluded. */
function hardRecipients(bounce: Extract<RuleDecision, { kind: "bounce" }>["bounce"]) {
  const hard = bounce.failedRecipients.filter((one) => one.verdict === "hard");
  return {
    verdict: hard.length > 0 ? "hard" : bounce.verdict,
    status: bounce.status,
    diagnostic: bounce.diagnostic,
    delayed:
      bounce.failedRecipients.length > 0 && bounce.failedRecipients.every((one) => one.why === DELAYED),
    failedRecipients: (hard.length > 0 ? hard : bounce.failedRecipients).map((one) => one.address),
  };
}

/** What the agent's answer comes to, with the facts the rules read beside its own. */
export function verdictOfAgent(
  output: Classification,
  agentRunId: string,
  decision: RuleDecision,
  share: AgentShare | null = null,
): Verdict {
  // A mail that tries to steer the agent is read by a person, whatever the agent made of it.
  const suspicious = decision.flags.includes("injection_attempt");
  const eyes = suspicious ? "the mail tries to give instructions" : whyAPerson(output, decision);
  const { speaksForCompany } = output.facts;
  const reason = endQuotesOnce(output.reason);
  return {
    category: output.category,
    confidence: output.confidence,
    reason: eyes === null ? reason : `${reason} (${eyes})`,
    decidedBy: "agent",
    details: {
      agentRunId,
      toPerson: eyes !== null,
      facts: { agent: output.facts, suggestedAnswer: output.suggestedAnswer },
      people: peopleOf(output, decision.facts.people),
      followUpOn: decision.facts.followUp?.isoDate ?? output.facts.followUpOn,
      ...(decision.facts.speaksFor === null && speaksForCompany !== null
        ? { speaksFor: speaksForCompany ? "company" : "person" }
        : {}),
      ...(share ? { agent: share } : {}),
    },
  };
}

const NEVER_AGAIN: ReadonlySet<Category> = new Set(["opt_out", "hard_pass"]);
const NO_ANSWER_NEEDED: ReadonlySet<Category> = new Set(["soft_pass", "wrong_contact"]);
/** What the agent must at least be sure of before somebody is never mailed again on its word. */
const SURE_FOR_EVER = 0.9;

/**
 * Why a person has to look although the agent is sure: nobody is barred for ever by less than a mail that is nothing but that
 * wish, and no price, number or question is put away with a refusal.
 */
function whyAPerson(output: Classification, decision: RuleDecision): string | null {
  const { facts, visibleText } = decision;
  if (NEVER_AGAIN.has(output.category)) {
    const doubt = decision.notForEver ?? findDoubt(visibleText);
    if (doubt !== null) return `never again is a person's to say, because ${doubt}`;
    return output.confidence < SURE_FOR_EVER ? "never again is a person's to say when it is not sure" : null;
  }
  if (decision.notForEver !== null && decision.flags.includes("not_verified")) return decision.notForEver;
  if (!NO_ANSWER_NEEDED.has(output.category)) return null;
  if (hasPriceFacts(facts)) return "it names a price";
  if (facts.phones.length > 0 || facts.callTimes.length > 0) return "it says how to call";
  return asksForAnswer(visibleText) ? "it asks for an answer" : null;
}

/** A mail nobody but a person can decide about, with the reason. */
export function verdictForPerson(reason: string): Verdict {
  return { category: "other", confidence: 0, reason, decidedBy: "agent", details: { toPerson: true } };
}

/** The people the rules read with their words come first; the agent adds whom they missed, or gives a bare name its person. */
function peopleOf(output: Classification, read: readonly NamedPerson[]): NamedPerson[] {
  const people = read.map((one) => ({ ...one }));
  const fromNames = output.facts.names
    .slice(0, 1)
    .map((name) => ({ name, email: null, phone: output.facts.phones[0] ?? null, firm: "", role: "" }));
  const added = output.facts.people.length > 0 ? output.facts.people : people.length === 0 ? fromNames : [];
  for (const one of added) {
    const known = people.find((other) => sharesName(other, one));
    if (!known) people.push({ ...one, words: output.reason });
    else {
      known.name ||= one.name;
      known.email ??= one.email;
      known.phone ??= one.phone;
      known.firm ||= one.firm;
      known.role ||= one.role;
    }
  }
  return people.slice(0, 5);
}

function sharesName(a: { name: string; email: string | null }, b: { name: string; email: string | null }) {
  if (a.email && b.email) return a.email.toLowerCase() === b.email.toLowerCase();
  return a.name === "" || b.name === "" || a.name.toLowerCase() === b.name.toLowerCase();
}
