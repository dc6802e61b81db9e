import { z } from "zod";

type Decided = {
  kind: string;
  status: string;
  contact_id: string | null;
  search_id: string | null;
  decided_by: string | null;
  reason: string | null;
};

export interface ProposalEnd {
  readonly badge: string;
  readonly text: string;
  readonly href: string | null;
  readonly link: string;
}

/** What became of a proposal, in words; null while it waits for a person. */
export function sayProposalEnd(proposal: Decided): ProposalEnd | null {
  const { status, decided_by: by, contact_id: contactId, search_id: searchId } = proposal;
  if (status === "pending") return null;
  const none = { href: null, link: "" };
  if (status === "accepted")
    return {
      badge: "Taken",
      text: `${by ?? "A person"} took it.`,
      href: contactId ? `/contacts/${contactId}` : searchId ? `/searches/${searchId}` : null,
      link: contactId ? "Show the contact" : "Show the search",
    };
  if (status === "dismissed")
    return {
      badge: "Dismissed",
      text: `${by ?? "A person"}: ${proposal.reason ?? "no reason given"}`,
      ...none,
    };
  return { badge: "Withdrawn", text: "What was done about the mail was undone.", ...none };
}

const searchDraftSchema = z
  .object({
    buyerName: z.string().catch(""),
    buyerContact: z.string().catch(""),
    priceMin: z.string().catch(""),
    priceMax: z.string().catch(""),
    sizeMin: z.string().catch(""),
    sizeMax: z.string().catch(""),
    capRateMin: z.string().catch(""),
    propertyTypes: z.array(z.number()).catch([]),
    markets: z.array(z.number()).catch([]),
  })
  .partial();

/** What a buyer's mail filled in of the new search's form, as label and value; what it left open is not listed. */
export function listSearchDraft(draft: unknown): { label: string; value: string }[] {
  const read = searchDraftSchema.safeParse(draft);
  if (!read.success) return [];
  const { buyerName, buyerContact, priceMin, priceMax, sizeMin, sizeMax, capRateMin } = read.data;
  const rows = [
    { label: "Buyer", value: sayBuyer(buyerName, buyerContact) },
    { label: "Price", value: sayRange(priceMin, priceMax, "$", "") },
    { label: "Size", value: sayRange(sizeMin, sizeMax, "", " SF") },
    { label: "Cap rate", value: capRateMin ? `at least ${capRateMin}%` : "" },
    { label: "Property types", value: sayCount(read.data.propertyTypes, "property type") },
    { label: "Markets", value: sayCount(read.data.markets, "market") },
  ];
  return rows.filter(({ value }) => value !== "");
}

/** A contact that begins with the buyer's own name says it already. */
function sayBuyer(name = "", contact = ""): string {
  return name && contact.startsWith(name) ? contact : [name, contact].filter(Boolean).join(" · ");
}

function sayRange(low: string | undefined, high: string | undefined, before: string, behind: string): string {
  const say = (value: string) => `${before}${group(value)}${behind}`;
  if (low && high) return `${say(low)} to ${say(high)}`;
  if (high) return `up to ${say(high)}`;
  return low ? `from ${say(low)}` : "";
}

function group(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) ? number.toLocaleString("en-US") : value;
}

function sayCount(ids: readonly number[] | undefined, noun: string): string {
  if (!ids || ids.length === 0) return "";
  return `${ids.length} ${noun}${ids.length === 1 ? "" : "s"} recognised`;
}
