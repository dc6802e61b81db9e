import "server-only";
import { AgentError } from "@/lib/agents/failure";
import { runAgent } from "@/lib/agents/run-agent";
import type { Tables } from "@/lib/db/database.types";
import { unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { decideByRules, type RuleDecision } from "@/lib/mail/decide-by-rules";
import { mailFromFields } from "@/lib/mail/mail-from-fields";
import { parseMail } from "@/lib/mail/parse-mail";
import { type Category, type Classification, classificationSchema } from "./classification";

/** What one mail is, before anything is done about it. */
export interface Verdict {
  readonly category: Category;
  readonly confidence: number;
  readonly reason: string;
  readonly decidedBy: "rules" | "agent";
  readonly details: Readonly<Record<string, unknown>>;
}

/** Takes a mail for reading; false when somebody else has it or it is done. */
export async function claimEmail(emailId: string): Promise<boolean> {
  return unwrap(await serviceDb().rpc("claim_email", { p_id: emailId }));
}

/**
 * Decides what a mail is: by rules where rules can, else by `response-classifier`. An agent that fails is no error here:
 * the mail goes to a person with the reason.
 */
export async function classifyEmail(emailId: string): Promise<Verdict> {
  const email = unwrap(
    await serviceDb()
      .from("synced_emails")
      .select("*, sends!synced_emails_send_id_fkey(subject, body)")
      .eq("id", emailId)
      .single(),
  );
  const decision = await decide(email);
  if (decision.kind !== "undecided") return fromRules(decision);
  if (decision.flags.includes("parse_problem") && decision.visibleText === "")
    return forPerson(`This mail could not be read: ${email.parse_problem ?? decision.why}`);
  try {
    const { output, runId } = await runAgent({
      agent: "response-classifier",
      purpose: `Classify "${email.subject.slice(0, 80)}" from ${email.from_email ?? "an unknown sender"}`,
      input: {
        mail: {
          from: email.from_email,
          subject: email.subject,
          text: decision.visibleText.slice(0, 12_000),
          receivedAt: email.received_at,
        },
        sent: email.sends ? { subject: email.sends.subject, body: email.sends.body } : null,
        facts: decision.facts,
      },
      schema: classificationSchema,
      tags: [],
      emailId,
    });
    return fromAgent(output, runId, decision);
  } catch (error) {
    if (error instanceof AgentError) return forPerson(`The classifier could not read it: ${error.message}`);
    throw error;
  }
}

async function decide(email: Tables<"synced_emails">): Promise<RuleDecision> {
  const mail = email.raw_source
    ? await parseMail(email.raw_source)
    : mailFromFields({
        subject: email.subject,
        text: email.body_text,
        html: email.body_html ?? "",
        headersText: email.headers ?? "",
        messageClass: email.message_class,
        messageId: email.internet_message_id ?? undefined,
        from: email.from_email ? { address: email.from_email, name: email.from_name ?? "" } : undefined,
        date: email.received_at,
      });
  return decideByRules(mail);
}

function fromRules(decision: Exclude<RuleDecision, { kind: "undecided" }>): Verdict {
  const verdict = {
    category: decision.category,
    confidence: 1,
    reason: decision.why,
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
      return { ...verdict, details: { returnDate: decision.returnDate, toPerson: odd } };
    }
    case "complaint":
      return { ...verdict, details: { toPerson: decision.flags.includes("not_a_complaint") } };
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
    failedRecipients: (hard.length > 0 ? hard : bounce.failedRecipients).map((one) => one.address),
  };
}

function fromAgent(output: Classification, agentRunId: string, decision: RuleDecision): Verdict {
  // A mail that tries to steer the agent is read by a person, whatever the agent made of it.
  const suspicious = decision.flags.includes("injection_attempt");
  return {
    category: output.category,
    confidence: output.confidence,
    reason: suspicious ? `${output.reason} (the mail tries to give instructions)` : output.reason,
    decidedBy: "agent",
    details: {
      agentRunId,
      toPerson: suspicious,
      facts: { agent: output.facts, suggestedAnswer: output.suggestedAnswer },
    },
  };
}

function forPerson(reason: string): Verdict {
  return { category: "other", confidence: 0, reason, decidedBy: "agent", details: { toPerson: true } };
}
