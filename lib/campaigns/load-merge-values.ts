import "server-only";
import type { MergeValues } from "@/lib/campaigns/templates/tags";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { mergeValues, voiceOf } from "./candidate";

/** What the merge tags stand for, for one contact of a search; null when the search did not find them. */
export async function loadMergeValues(
  db: Db,
  campaign: {
    readonly id: string;
    readonly plan_revision: number;
    readonly searches: { readonly buyer_name: string };
  },
  contactId: string,
): Promise<MergeValues | null> {
  const [planned, desk] = await Promise.all([
    db
      .from("planned_enrollments")
      .select(
        "contacts!inner(full_name, first_name, title, email, companies(name)), properties(address, city, state, zip, property_type, building_sf)",
      )
      .eq("campaign_id", campaign.id)
      .eq("revision", campaign.plan_revision)
      .eq("contact_id", contactId)
      .maybeSingle(),
    db.from("desk_settings").select("sender_name, desk_name, postal_address").eq("id", 1).single(),
  ]);
  const row = unwrapMaybe(planned);
  if (!row) return null;
  const { contacts: contact, properties: property } = row;
  return mergeValues(
    {
      contactId,
      fullName: contact.full_name,
      firstName: contact.first_name,
      title: contact.title,
      email: contact.email,
      company: contact.companies?.name ?? null,
      companyState: null,
      companyAddress: null,
      propertyId: "",
      propertyAddress: property?.address ?? "",
      propertyCity: property?.city ?? null,
      propertyState: property?.state ?? null,
      propertyZip: property?.zip ?? null,
      propertyType: property?.property_type ?? null,
      buildingSf: property?.building_sf ?? null,
      timeZone: null,
      reason: null,
    },
    voiceOf(unwrap(desk), campaign.searches.buyer_name),
  );
}

/** Somebody of a campaign's plan to try templates on; null when there is nobody any more. */
export async function loadPreviewContact(db: Db, campaign: Parameters<typeof loadMergeValues>[1]) {
  const first = unwrapMaybe(
    await db
      .from("planned_enrollments")
      .select("contact_id, contacts!inner(full_name)")
      .eq("campaign_id", campaign.id)
      .eq("revision", campaign.plan_revision)
      .eq("decision", "enroll")
      .order("name_key")
      .order("contact_id")
      .limit(1)
      .maybeSingle(),
  );
  const values = first && (await loadMergeValues(db, campaign, first.contact_id));
  return first && values ? { name: first.contacts.full_name, values } : null;
}
