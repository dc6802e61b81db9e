import { expect, vi } from "vitest";
import type { Desk } from "./desk";

export const PATIENCE = { timeout: 50_000, interval: 100 };

/** Settings under which first mails leave at once, and those after them wait for their days; and a mailbox to send from. */
export async function readyToSend(desk: Desk): Promise<void> {
  const { error } = await desk.db
    .from("desk_settings")
    .update({
      postal_address: "100 Main St, Irvine, CA",
      window_start: "00:00",
      window_end: "24:00",
      window_days: [1, 2, 3, 4, 5, 6, 7],
      keep_holidays: false,
      spacing_min_s: 1,
      spacing_max_s: 1,
    })
    .eq("id", 1);
  expect(error).toBeNull();
  // A tick finds the mailbox that the plan sends from.
  await desk.send("loops/tick", { once: true });
  await vi.waitFor(async () => {
    const { count } = await desk.db.from("mailboxes").select("id", { count: "exact", head: true });
    expect(count).toBe(1);
  }, PATIENCE);
}

/** What a person does about searches, on a desk without pages. */
export function driveSearches(desk: Desk) {
  /** Looks until it is so. What was decided is told again now and then, as the sweep would: an event may come before its run listens. */
  async function until<Value>(searchId: string, look: () => Promise<Value>): Promise<Value> {
    let looks = 0;
    return vi.waitFor(async () => {
      if (++looks % 30 === 0)
        for (const checkpoint of ["sourcing", "extraction", "campaign"])
          await desk.send("approval/decided", { runKey: `search:${searchId}`, checkpoint });
      return look();
    }, PATIENCE);
  }

  /** The approval a search waits for. */
  async function waiting(searchId: string, checkpoint: string) {
    return until(searchId, async () => {
      const { data } = await desk.db
        .from("approval_queue")
        .select("id, content_hash, revision, proposal")
        .match({ search_id: searchId, checkpoint, status: "pending" })
        .single();
      if (data) return data;
      const search = await desk.db
        .from("searches")
        .select("status, status_reason, extractions(status, reason)")
        .eq("id", searchId)
        .single();
      throw new Error(`no ${checkpoint} waits yet: ${JSON.stringify(search.data)}`);
    });
  }

  async function decide(searchId: string, checkpoint: string, answer: object) {
    const { decideApproval } = await import("@/lib/approvals/decide-approval");
    const approval = await waiting(searchId, checkpoint);
    const outcome = await decideApproval(desk.db, approval.id, {
      decision: "approve",
      contentHash: approval.content_hash,
      ...answer,
    });
    expect(outcome.outcome).toBe("decided");
    await desk.send("approval/decided", { runKey: `search:${searchId}`, checkpoint });
    return approval;
  }

  async function startSearch(name: string, market = "Denver"): Promise<string> {
    const { createSearch } = await import("@/lib/searches/create-search");
    const criteria = {
      buyer: { name: "Cedar" },
      criteria: {
        name,
        propertyTypes: ["Industrial"],
        markets: [market],
        sizeSf: { min: 20_000, max: 30_000 },
      },
    };
    const id = await createSearch(desk.db, criteria, "api");
    await desk.send("search/created", { searchId: id });
    return id;
  }

  /** Taps "approve" on the phone when it rings; when it does not, or rings no more, that is an error. */
  async function tapThePhone(): Promise<void> {
    const answer = await fetch(`${desk.costarUrl}/phone/pending`);
    const { waiting } = (await answer.json()) as { waiting: { id: string }[] };
    if (!waiting[0]) throw new Error("the phone does not ring yet");
    await fetch(`${desk.costarUrl}/phone/decide`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: `id=${waiting[0].id}&verdict=approved`,
    });
  }

  /** Signs in for a search's extraction: taps when the phone rings, and tries again when the tap came too late. */
  async function signInByPhone(searchId: string): Promise<void> {
    const { answerExtraction } = await import("@/lib/searches/answer-extraction");
    await until(searchId, async () => {
      const { data } = await desk.db
        .from("extractions")
        .select("id, status")
        .eq("search_id", searchId)
        .single();
      if (data?.status === "running" || data?.status === "completed") return;
      if (data?.status === "stopped") {
        await answerExtraction(desk.db, data.id, "retry");
        await desk.send("extraction/answered", { extractionId: data.id });
      }
      await tapThePhone();
      throw new Error(`the extraction is ${data?.status}`);
    });
  }

  return { until, waiting, decide, startSearch, tapThePhone, signInByPhone };
}

export type SearchDriver = ReturnType<typeof driveSearches>;
