import { backToSourcingSchema } from "@/lib/approvals/proposals";
import type { Decision } from "@/lib/approvals/read-decision";
import {
  activateCampaign,
  ensureCampaignProposed,
  failSearch,
  rejectSearch,
} from "@/lib/outreach/campaign-steps";
import {
  ensureExtractionProposed,
  ensurePayloadsProposed,
  searchRunKey,
} from "@/lib/outreach/ensure-proposals";
import { beginExtraction } from "@/lib/outreach/extract-search";
import { showPause } from "@/lib/outreach/show-pause";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { endIfHopeless } from "../end-if-hopeless";
import { mailboxCheck, searchCreated } from "../events";
import { extract } from "../extract";
import { type Step, waitForDecision } from "../wait-for-decision";
import { whenAgentsRun } from "../when-agents-run";

/** The outreach loop for one search: payloads, extraction, campaign, activation, with a person at each checkpoint. */
export const runOutreach = inngest.createFunction(
  {
    id: "run-outreach",
    triggers: [searchCreated],
    // A sweep may nudge a search that is already being worked on; one run at a time is enough.
    singleton: { key: "event.data.searchId", mode: "skip" },
    retries: 3,
    onFailure: async ({ event, error, step }) => {
      const { searchId } = event.data.event.data as { searchId: string };
      await step.run("mark the search as failed", () => failSearch(searchId, error.message));
    },
  },
  async ({ event, step }) => {
    const { searchId } = event.data;
    if (env().DRY_RUN) return { dryRun: `search ${searchId} would be sourced` };

    const agreed = await agreeOnAll(step, searchId);
    if (agreed.outcome !== "decided") return agreed;

    const mailboxes = await step.run("activate campaign", () =>
      activateCampaign(searchId, agreed.campaignId, agreed.decision.approvalId),
    );
    await step.sendEvent(
      "start sending",
      mailboxes.map((mailboxId) => mailboxCheck.create({ mailboxId })),
    );
    return { outcome: "active", campaignId: agreed.campaignId };
  },
);

type Agreement =
  | typeof ENDED
  | { readonly outcome: "rejected" }
  | Exclude<CampaignAgreement, { outcome: "back" }>;

/**
 * Payloads, extraction, campaign; and from the start again when a person says of the campaign that its contacts are not what
 * was wanted. Step ids repeat in later rounds; the SDK counts them.
 */
async function agreeOnAll(step: Step, searchId: string): Promise<Agreement> {
  for (;;) {
    const allowed = await agreeOnPayloads(step, searchId);
    if (!allowed) return ENDED;
    if (allowed.status === "rejected") return end(step, searchId, allowed);
    const extractionId = await step.run("begin extraction", () => beginExtraction(searchId, allowed));
    if (!extractionId) return ENDED;
    if ((await extract(step, extractionId)) === "cancelled")
      return end(step, searchId, { ...allowed, feedback: "the extraction was cancelled" });
    const campaign = await agreeOnCampaign(step, searchId);
    if (campaign.outcome === "back") continue;
    if (campaign.outcome === "decided" && campaign.decision.status === "rejected")
      return end(step, searchId, campaign.decision);
    return campaign;
  }
}

/** Payloads are proposed, and proposed again, until both sourcing and extraction are settled. */
async function agreeOnPayloads(step: Step, searchId: string): Promise<Decision | null> {
  const runKey = searchRunKey(searchId);
  for (let round = 1; ; round++) {
    const proposed = await whenAgentsRun(
      step,
      `propose payloads ${round}`,
      () => endIfHopeless(ensurePayloadsProposed(searchId)),
      (pause) => showPause(searchId, pause),
    );
    if (proposed === "ended") return null;
    const sourcing = await waitForDecision(step, runKey, "sourcing", String(round));
    if (sourcing.status === "rejected") return sourcing;
    if (sourcing.status === "changes_requested") continue;
    const asked = await step.run(`ask for extraction ${round}`, () => ensureExtractionProposed(searchId));
    if (asked === "ended") return null;
    const extraction = await waitForDecision(step, runKey, "extraction", String(round));
    if (extraction.status !== "changes_requested") return extraction;
  }
}

/** A person ended the search while this run was at it; there is nothing left to do. */
const ENDED = { outcome: "ended" } as const;

type CampaignAgreement =
  | typeof ENDED
  | { readonly outcome: "nobody"; readonly reason: string }
  | { readonly outcome: "back" }
  | { readonly outcome: "decided"; readonly campaignId: string; readonly decision: Decision };

/** The plan is made, and made again with a person's words, until it is approved or rejected. */
async function agreeOnCampaign(step: Step, searchId: string): Promise<CampaignAgreement> {
  for (let round = 1; ; round++) {
    const planned = await step.run(`plan campaign ${round}`, () => ensureCampaignProposed(searchId));
    if (planned.outcome === "ended") return ENDED;
    if (planned.outcome === "nobody") return { outcome: "nobody", reason: planned.reason };
    const decision = await waitForDecision(step, searchRunKey(searchId), "campaign", String(round));
    if (decision.status !== "changes_requested")
      return { outcome: "decided", campaignId: planned.campaignId, decision };
    if (backToSourcingSchema.safeParse(decision.edits).success) return { outcome: "back" };
  }
}

async function end(step: Step, searchId: string, decision: Decision) {
  await step.run("end the search", () => rejectSearch(searchId, decision.feedback));
  return { outcome: "rejected" as const, by: decision.decidedBy, why: decision.feedback };
}
