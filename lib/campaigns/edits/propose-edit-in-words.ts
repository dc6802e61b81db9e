import "server-only";
import { Temporal } from "temporal-polyfill";
import { unwrap } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";
import { serviceDb } from "@/lib/server/service-client";
import { spokenOf } from "../revise-campaign";
import { changesOfWords } from "../words/changes-of-words";
import type { EditChanges } from "./edit-proposal";
import { findUnsentByTitle, type ProposedEdit, proposeEdit } from "./propose-edit";

/**
 * Proposes what a person's words ask of a campaign that runs ("skip brokers, softer second mail"), read by the rules that read words about
 * a plan.
 * @param to the changes that were proposed before, which the words change further.
 * @param by who asked.
 * @throws {Refused} when nothing would change; the message says what was understood.
 */
export async function proposeEditInWords(
  campaignId: string,
  words: string,
  { to = {}, by }: { readonly to?: EditChanges; readonly by?: string } = {},
): Promise<ProposedEdit> {
  const campaign = unwrap(
    await serviceDb().from("campaigns").select("*, sequence_steps(*)").eq("id", campaignId).single(),
  );
  const now = spokenOf(campaign);
  const today = Temporal.Now.plainDateISO(now.timeZone).toString();
  const { changes, skipTitles, notes } = changesOfWords(
    words,
    {
      ...now,
      windowStart: to.windowStart ?? now.windowStart,
      windowEnd: to.windowEnd ?? now.windowEnd,
      templates: now.templates.map((template) => rewritten(to, template.step) ?? template),
    },
    today,
  );
  const templates = [
    ...(to.templates ?? []).filter(({ step }) => !changes.templates?.some((other) => other.step === step)),
    ...(changes.templates ?? []),
  ];
  const found = await findUnsentByTitle(campaignId, skipTitles);
  if (Object.keys(to).length === 0 && Object.keys(changes).length === 0 && found.length === 0)
    throw new Refused(
      `Nothing would change. ${skipTitles.length > 0 ? `Nobody with mails that have not left has a title that says ${skipTitles.join(" or ")}.` : notes.slice(1).join("; ")}`,
    );
  const leaveOut = new Set([...(to.leaveOut ?? []), ...found]);
  return proposeEdit(
    campaignId,
    {
      ...to,
      ...changes,
      ...(templates.length > 0 ? { templates } : {}),
      ...(leaveOut.size > 0 ? { leaveOut: [...leaveOut] } : {}),
    },
    { by, notes, told: changes },
  );
}

function rewritten(changes: EditChanges, step: number) {
  return changes.templates?.find((template) => template.step === step);
}
