import "server-only";
import { AgentError, AgentsPausedError } from "@/lib/agents/failure";
import { runAgent } from "@/lib/agents/run-agent";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { classificationSchema } from "./classification";
import { type OpenedEmail, openEmails } from "./open-email";
import { readPreparedVerdict } from "./prepared-verdict";
import { type AgentShare, type Verdict, verdictForPerson, verdictOfAgent, verdictOfRules } from "./verdict";

export type { Verdict } from "./verdict";

/** What the agent is shown of one mail at most, in characters of its own words. */
export const MAX_TEXT_CHARS = 12_000;

/**
 * Takes a mail for reading; false when somebody else has it or it is done.
 * @param claimant whoever claims twice under one name (a step that is run again) gets it twice.
 */
export async function claimEmail(emailId: string, claimant?: string): Promise<boolean> {
  return unwrap(await serviceDb().rpc("claim_email", { p_id: emailId, p_by: claimant }));
}

/**
 * Decides what a mail is: by rules where rules can, else by `response-classifier`, unless a batch has read it already. An
 * agent that fails is no error here: the mail goes to a person with the reason.
 * @throws {AgentsPausedError} while agents are paused, when the caller would rather wait than ask a person.
 */
export async function classifyEmail(
  emailId: string,
  { waitForAgents = false }: { readonly waitForAgents?: boolean } = {},
): Promise<Verdict> {
  const [opened] = await openEmails([emailId]);
  if (!opened) throw new Error(`there is no mail ${emailId}`);
  return decideWithoutAgent(opened) ?? askAgent(opened, waitForAgents);
}

/** The verdict on a mail that needs no agent any more, or never did; null when one has to read it. */
export function decideWithoutAgent({ email, decision }: OpenedEmail): Verdict | null {
  if (decision.kind !== "undecided") return withoutProof(email, decision) ?? verdictOfRules(decision);
  if (decision.visibleText.trim() === "") return verdictForPerson(sayWhyEmpty(email, decision.why));
  return readPreparedVerdict(email.prepared_verdict);
}

/**
 * A notice that a mail did not arrive and quotes none of ours (no Message-ID, no key) may be forged by anybody who knows an
 * address we mail: it bars nobody until a person has looked. Outlook's own reports come from the mailbox's server.
 */
function withoutProof(
  email: OpenedEmail["email"],
  decision: Exclude<OpenedEmail["decision"], { kind: "undecided" }>,
): Verdict | null {
  if (decision.kind !== "bounce" || email.matched_by !== "failed_recipient") return null;
  if (/^REPORT\./i.test(email.message_class)) return null;
  const verdict = verdictOfRules(decision);
  const reason = `${verdict.reason} It could not be verified: it quotes no mail of ours.`;
  return { ...verdict, reason, details: { ...verdict.details, toPerson: true } };
}

function sayWhyEmpty(email: OpenedEmail["email"], why: string): string {
  if (email.parse_problem) return `This mail could not be read: ${email.parse_problem}`;
  const names = Array.isArray(email.attachments)
    ? email.attachments.flatMap((one) =>
        typeof one === "object" && one !== null && "filename" in one && typeof one.filename === "string"
          ? [one.filename]
          : [],
      )
    : [];
  return names.length > 0 ? `${why} Attached: ${names.slice(0, 5).join(", ")}.` : why;
}

async function askAgent(opened: OpenedEmail, waitForAgents: boolean): Promise<Verdict> {
  const { email, decision } = opened;
  try {
    const { output, runId } = await runAgent({
      agent: "response-classifier",
      purpose: `Classify "${email.subject.slice(0, 80)}" from ${email.from_email ?? "an unknown sender"}`,
      input: inputOf(opened),
      schema: classificationSchema,
      tags: [],
      emailId: email.id,
    });
    return verdictOfAgent(output, runId, decision, await shareOf(runId, 1));
  } catch (error) {
    if (waitForAgents && error instanceof AgentsPausedError) throw error;
    if (error instanceof AgentError)
      return verdictForPerson(`The classifier could not read it: ${error.message}`);
    throw error;
  }
}

/** One mail as the agent is shown it: data, never instructions. */
export function inputOf({ email, sent, decision }: OpenedEmail) {
  return {
    mail: {
      from: email.from_email,
      subject: email.subject,
      text: decision.visibleText.slice(0, MAX_TEXT_CHARS),
      receivedAt: email.received_at,
    },
    sent,
    facts: decision.facts,
  };
}

/** What each of the mails a run read cost of it, in equal shares. */
export async function shareOf(runId: string, mails: number): Promise<AgentShare | null> {
  const run = unwrap(
    await serviceDb().from("agent_runs").select("cost_microusd, duration_ms").eq("id", runId).single(),
  );
  if (run.duration_ms === null) return null;
  return {
    costMicrousd: Math.round((run.cost_microusd ?? 0) / mails),
    ms: Math.round(run.duration_ms / mails),
    batch: mails,
  };
}
