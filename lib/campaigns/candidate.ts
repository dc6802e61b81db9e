import { z } from "zod";
import { zoneOfState } from "@/lib/schedule/zones";
import type { MergeValues } from "@/lib/templates/tags";

export const candidateSchema = z.object({
  contactId: z.string(),
  fullName: z.string(),
  firstName: z.string(),
  title: z.string().nullable(),
  email: z.string().nullable(),
  company: z.string().nullable(),
  propertyId: z.string(),
  propertyAddress: z.string(),
  propertyCity: z.string().nullable(),
  propertyState: z.string().nullable(),
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

/** The zone a contact works in: their own, else the property's state's, else the campaign's. */
export function zoneOf(candidate: Candidate, campaignZone: string): string {
  return candidate.timeZone ?? zoneOfState(candidate.propertyState) ?? campaignZone;
}
