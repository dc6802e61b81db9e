import type { AnswerValues } from "./answer-tags";

/** What is known about a reply, its sender and the desk. */
export interface AnswerSources {
  readonly fullName: string;
  readonly firstName: string;
  readonly company: string | null;
  readonly property: {
    readonly address: string;
    readonly city: string | null;
    readonly property_type: string | null;
    readonly building_sf: number | null;
  } | null;
  readonly buyerName: string;
  /** What they ask, as the facts show it: "$8.5M". */
  readonly price: string | null;
  readonly desk: {
    readonly sender_name: string;
    readonly desk_name: string;
    readonly postal_address: string;
  };
}

/** What the merge tags stand for in an answer to one reply; what is not known is blank. */
export function answerValues(sources: AnswerSources): AnswerValues {
  const { fullName, firstName, company, property, buyerName, price, desk } = sources;
  return {
    first_name: firstName.trim() || fullName.trim().split(/\s+/)[0] || "",
    full_name: fullName,
    company: company ?? "",
    property_address: property?.address ?? "",
    property_city: property?.city ?? "",
    property_type: property?.property_type?.toLowerCase() ?? "",
    building_sf: property?.building_sf?.toLocaleString("en-US") ?? "",
    buyer_name: buyerName,
    asking_price: price ?? "",
    sender_name: desk.sender_name,
    desk_name: desk.desk_name,
    postal_address: desk.postal_address,
  };
}
