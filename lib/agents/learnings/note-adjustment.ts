import "server-only";
import { diffPayloads } from "@/lib/criteria/diff-payloads";
import { loadLookups } from "@/lib/criteria/lookups";
import type { ProposedPayload } from "@/lib/criteria/sourcing-answer";
import { ensure } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

const LONGEST = 240;

/** Writes down what a revision changed after a person's words, beside those words; the first telling stands. */
export async function noteAdjustment(approvalId: string, adjustment: string): Promise<void> {
  ensure(await serviceDb().rpc("note_adjustment", { p_approval_id: approvalId, p_adjustment: adjustment }));
}

/** What changed between two revisions of payloads in one line: "Core: Markets: LA → LA, OC; added Infill". */
export async function describeAdjustment(
  before: readonly ProposedPayload[],
  after: readonly ProposedPayload[],
): Promise<string> {
  const changes = diffPayloads(before, after, await loadLookups(serviceDb()));
  const told = changes.map(({ title, kind, lines }) =>
    kind === "changed" ? `${title}: ${lines.join(", ")}` : `${kind} ${title}`,
  );
  const line = told.join("; ") || "nothing was changed";
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
