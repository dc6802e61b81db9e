import "server-only";
import { describeAdjustment, noteAdjustment } from "@/lib/agents/learnings/note-adjustment";
import {
  backToSourcingSchema,
  type PayloadProposal,
  payloadEditsSchema,
  payloadProposalSchema,
} from "@/lib/approvals/proposals";
import { propose } from "@/lib/approvals/propose";
import { proposePayloads } from "@/lib/outreach/propose-payloads";
import { moveSearch } from "@/lib/searches/move-search";
import type { Json, Tables } from "@/lib/server/database.types";
import { ensure, unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

type Approval = Tables<"approval_queue">;

/** The run an approval of this search belongs to. */
export function searchRunKey(searchId: string): string {
  return `search:${searchId}`;
}

const ENDED = ["cancelled", "rejected", "completed"];

/** Whether a person ended this search while the loop was working on it; then nothing more is asked or done. */
export async function isSearchEnded(searchId: string): Promise<boolean> {
  const search = unwrap(await serviceDb().from("searches").select("status").eq("id", searchId).single());
  return ENDED.includes(search.status);
}

/** What a step found: it may go on, or a person ended the search. */
export type Standing = "open" | "ended";

/**
 * Makes sure payloads are proposed: the first ones, or a revision when the last answer asked for changes. Called again it
 * finds what stands, so a replayed run asks nothing twice.
 */
export async function ensurePayloadsProposed(searchId: string): Promise<Standing> {
  if (await isSearchEnded(searchId)) return "ended";
  const sourcing = await latestApproval(searchId, "sourcing");
  const unhappy = sourcing && (await findUnhappy(searchId, sourcing));
  if (sourcing && !unhappy) return "open";
  await moveSearch(searchId, FROM_WHERE_SOURCED, "sourcing");
  const revise = unhappy
    ? { previous: approvedPayloads(unhappy.payloads), feedback: unhappy.asked.feedback ?? "" }
    : undefined;
  const { agentRunId, ...content } = await proposePayloads(searchId, revise);
  // An agent takes a while; a person may have cancelled meanwhile.
  if (await isSearchEnded(searchId)) return "ended";
  const search = unwrap(await serviceDb().from("searches").select("name").eq("id", searchId).single());
  const revision = (sourcing?.revision ?? 0) + 1;
  const approval = await propose({
    runKey: searchRunKey(searchId),
    checkpoint: "sourcing",
    revision,
    title: `Payloads: ${search.name}`,
    summary: `Approving lets these ${count(content.payloads.length, "payload")} go on to extraction; nothing is asked of CoStar yet.`,
    content,
    searchId,
    agentRunId,
    priority: 40,
  });
  if (revise && unhappy)
    await noteAdjustment(
      unhappy.asked.id,
      await describeAdjustment(revise.previous.payloads, content.payloads),
    );
  if (approval.status === "pending") await moveSearch(searchId, ["sourcing"], "awaiting_sourcing");
  return "open";
}

const FROM_WHERE_SOURCED = [
  ...["new", "awaiting_sourcing", "awaiting_extraction"],
  ...["scheduling", "awaiting_campaign", "failed"],
];

/** Words that ask for other payloads than the newest, and the payloads they are about; undefined when nobody asked. */
async function findUnhappy(
  searchId: string,
  sourcing: Approval,
): Promise<{ readonly asked: Approval; readonly payloads: Approval } | undefined> {
  const [extraction, campaign] = await Promise.all([
    latestApproval(searchId, "extraction"),
    latestApproval(searchId, "campaign"),
  ]);
  const back = backToSourcingSchema.safeParse(campaign?.edits);
  if (
    campaign?.status === "changes_requested" &&
    back.success &&
    back.data.sourcingRevision === sourcing.revision
  )
    return { asked: campaign, payloads: sourcing };
  const asked = [extraction, sourcing].find(
    (approval) => approval?.status === "changes_requested" && approval.revision === sourcing.revision,
  );
  return asked ? { asked, payloads: asked } : undefined;
}

/** Makes sure extraction is asked for, with the payloads exactly as they were approved (edits included). */
export async function ensureExtractionProposed(searchId: string): Promise<Standing> {
  const db = serviceDb();
  if (await isSearchEnded(searchId)) return "ended";
  const sourcing = await latestApproval(searchId, "sourcing");
  if (!sourcing) throw new Error("Extraction was asked for before payloads were approved.");
  const existing = await latestApproval(searchId, "extraction");
  if (existing && existing.revision >= sourcing.revision) return "open";
  const content = approvedPayloads(sourcing);
  ensure(
    await db
      .from("searches")
      .update({ strategy: content.strategy, payloads: content.payloads as unknown as Json })
      .eq("id", searchId),
  );
  const search = unwrap(await db.from("searches").select("name").eq("id", searchId).single());
  await propose({
    runKey: searchRunKey(searchId),
    checkpoint: "extraction",
    revision: sourcing.revision,
    title: `Extraction: ${search.name}`,
    summary: `Approving signs in to CoStar, waits for the tap on your phone, and runs ${count(content.payloads.length, "payload")}. Have the phone in your hand.`,
    content,
    searchId,
    agentRunId: sourcing.agent_run_id ?? undefined,
    priority: 20,
    deadlineAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  await moveSearch(searchId, ["sourcing", "awaiting_sourcing", "failed"], "awaiting_extraction");
  return "open";
}

/** What an approval lets run: the edits a person made while approving, or else what was proposed. */
export function approvedPayloads(approval: { proposal: Json; edits: Json | null }): PayloadProposal {
  const proposal = payloadProposalSchema.parse(approval.proposal);
  const edits = payloadEditsSchema.safeParse(approval.edits);
  return edits.success ? { ...proposal, payloads: edits.data.payloads } : proposal;
}

export async function latestApproval(searchId: string, checkpoint: string): Promise<Approval | null> {
  return unwrapMaybe(
    await serviceDb()
      .from("approval_queue")
      .select("*")
      .eq("run_key", searchRunKey(searchId))
      .eq("checkpoint", checkpoint)
      .order("revision", { ascending: false })
      .limit(1)
      .maybeSingle(),
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
