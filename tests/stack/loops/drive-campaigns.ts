import { vi } from "vitest";
import type { Desk } from "./desk";
import { PATIENCE } from "./drive-searches";

/** What is seen and decided of a campaign that runs, on a desk without pages. */
export function driveCampaigns(desk: Desk) {
  async function sendsOf(campaignId: string) {
    const { data } = await desk.db
      .from("sends")
      .select("id, contact_id, step, status, subject, body, due_at, content_hash, contacts(title)")
      .eq("campaign_id", campaignId)
      .order("id");
    return data ?? [];
  }
  const unsentOf = async (campaignId: string, step: number) =>
    (await sendsOf(campaignId)).filter((send) => send.step === step && send.status === "scheduled");

  /** The approval a change of a running campaign waits for. */
  async function waitingEdit(campaignId: string, revision?: number) {
    return vi.waitFor(async () => {
      const { data } = await desk.db
        .from("approval_queue")
        .select("id, content_hash, revision, proposal, summary")
        .match({ run_key: `edit:${campaignId}`, status: "pending" })
        .single();
      if (!data || (revision && data.revision !== revision)) throw new Error("no change waits yet");
      return data;
    }, PATIENCE);
  }

  async function decideEdit(
    campaignId: string,
    approval: { id: string; content_hash: string },
    answer: object,
  ) {
    const { decideApproval } = await import("@/lib/approvals/decide-approval");
    const outcome = await decideApproval(desk.db, approval.id, {
      decision: "approve",
      contentHash: approval.content_hash,
      ...answer,
    });
    await desk.send("approval/decided", { runKey: `edit:${campaignId}`, checkpoint: "campaign" });
    return outcome.outcome;
  }

  return { sendsOf, unsentOf, waitingEdit, decideEdit };
}
