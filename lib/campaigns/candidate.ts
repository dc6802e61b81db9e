import { z } from "zod";
import type { MergeValues } from "@/lib/campaigns/templates/tags";
import { zipOfAddress, zoneOfPlace, zoneOfState } from "@/lib/schedule/zones";

export const candidateSchema = z.object({
  contactId: z.string(),
  fullName: z.string(),
  firstName: z.string(),
  title: z.string().nullable(),
  email: z.string().nullable(),
  company: z.string().nullable(),
  companyState: z.string().nullable(),
  companyAddress: z.string().nullable(),
  propertyId: z.string(),
  propertyAddress: z.string(),
  propertyCity: z.string().nullable(),
  propertyState: z.string().nullable(),
  propertyZip: z.string().nullable(),
  propertyType: z.string().nullable(),
  buildingSf: z.number().nullable(),
  timeZone: z.string().nullable(),
  /** Why this contact must not be enrolled, when there is a reason */
  reason: z.string().nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;

export interface DeskVoice {
  readonly buyerName: string;
  readonly senderName: string;
  readonly deskName: string;
  readonly postalAddress: string;
}

/** Who speaks in a campaign's mails, from the desk's settings. */
export function voiceOf(
  desk: { readonly sender_name: string; readonly desk_name: string; readonly postal_address: string },
  buyerName: string,
): DeskVoice {
  return {
    buyerName,
    senderName: desk.sender_name,
    deskName: desk.desk_name,
    postalAddress: desk.postal_address,
  };
}

/** What the merge tags stand for, for one contact. */
export function mergeValues(candidate: Candidate, voice: DeskVoice): MergeValues {
  return {
    first_name: candidate.firstName,
    full_name: candidate.fullName,
    company: candidate.company ?? "",
    property_address: candidate.propertyAddress,
    property_city: candidate.propertyCity ?? "",
    property_type: candidate.propertyType?.toLowerCase() ?? "",
    building_sf: candidate.buildingSf?.toLocaleString("en-US") ?? "",
    buyer_name: voice.buyerName,
    sender_name: voice.senderName,
    desk_name: voice.deskName,
    postal_address: voice.postalAddress,
  };
}

/**
 * The zone a contact works in: their own, else where the property is, else where the company is, else the campaign's. A contact's own
 * zone that is only the property's state's gives way to the ZIP code, which knows the state's other half.
 */
export function zoneOf(
  candidate: Pick<
    Candidate,
    "timeZone" | "propertyState" | "propertyZip" | "companyState" | "companyAddress"
  >,
  campaignZone: string,
): string {
  const property = zoneOfPlace({ state: candidate.propertyState, zip: candidate.propertyZip });
  if (candidate.timeZone && candidate.timeZone !== zoneOfState(candidate.propertyState))
    return candidate.timeZone;
  return (
    property ??
    candidate.timeZone ??
    zoneOfPlace({ state: candidate.companyState, zip: zipOfAddress(candidate.companyAddress) }) ??
    campaignZone
  );
}
