import "server-only";
import { z } from "zod";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

const PAGE = 500;
/** Sorts before every contact. */
const NO_CONTACT = "00000000-0000-0000-0000-000000000000";

/**
 * Reads everything that is kept one row per contact of a campaign, page behind page, so that no cap on rows leaves a contact
 * out.
 * @param source the function that answers with up to `p_limit` rows behind a contact, in the order of their contacts.
 */
export async function readByContact<Row extends { readonly contactId: string }>(
  source: "campaign_candidates" | "unsent_mails",
  campaignId: string,
  row: z.ZodType<Row>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (;;) {
    const after = all.at(-1)?.contactId ?? NO_CONTACT;
    const page = z
      .array(row)
      .parse(
        unwrap(await serviceDb().rpc(source, { p_campaign_id: campaignId, p_after: after, p_limit: PAGE })),
      );
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
