import { type CriteriaDraft, EMPTY_DRAFT } from "@/lib/criteria/criteria-draft";
import type { Lookups } from "@/lib/criteria/lookups";
import { cutText } from "@/lib/files/text-limits";
import type { PriceFacts } from "@/lib/mail-rules/price-facts";

export interface BuyerMail {
  readonly fromName: string;
  readonly fromEmail: string;
  readonly company: string;
  /** Stripped text of the mail. */
  readonly text: string;
  readonly prices: Partial<Pick<PriceFacts, "askingPrice" | "capRate">>;
}

const SIZE =
  /(\d[\d,.]*)\s?(k)?\s?(?:(?:-|–|to)\s?(\d[\d,.]*)\s?(k)?\s?)?(?:sf|sq\.?\s?(?:ft|feet)|square f(?:ee|oo)t)\b/i;
const ALSO_CALLED: Readonly<Record<string, RegExp>> = {
  Multifamily: /\b(?:multi-?family|apartments?|apartment buildings?)\b/i,
  Industrial: /\b(?:industrial|warehouses?|distribution|logistics)\b/i,
  Retail: /\b(?:retail|strip (?:centers?|malls?)|nnn|net lease)\b/i,
  Hospitality: /\b(?:hospitality|hotels?|motels?)\b/i,
  "Health Care": /\b(?:health ?care|medical office|mob)\b/i,
};

/**
 * The form of a new search, filled with what a buyer's mail says: who, which property types and markets we know, what it may
 * cost, how large. Everything they wrote stands in the notes. A person reads and completes it.
 */
export function draftSearch(mail: BuyerMail, lookups: Lookups): CriteriaDraft {
  const named = (known: readonly { id: number; name: string }[]) =>
    known
      .filter(({ name }) => ALSO_CALLED[name]?.test(mail.text) || wordFor(name).test(mail.text))
      .map(({ id }) => id);
  const buyer = mail.company || mail.fromName || mail.fromEmail;
  const size = SIZE.exec(mail.text);
  const [low, high] = [
    sizeOf(size?.[1], size?.[2] ?? (size?.[3] ? size[4] : undefined)),
    sizeOf(size?.[3], size?.[4]),
  ];
  const { askingPrice, capRate } = mail.prices;
  return {
    ...EMPTY_DRAFT,
    name: `For ${buyer}`.slice(0, 200),
    buyerName: buyer.slice(0, 200),
    buyerContact: [mail.fromName, mail.fromEmail].filter(Boolean).join(", ").slice(0, 300),
    propertyTypes: named(lookups.propertyTypes).slice(0, 10),
    markets: named(lookups.markets).slice(0, 10),
    priceMin: askingPrice && askingPrice.lowUsd !== askingPrice.highUsd ? usd(askingPrice.lowUsd) : "",
    priceMax: usd(askingPrice?.highUsd ?? null),
    sizeMin: low,
    sizeMax: high,
    capRateMin: capRate ? String(capRate.lowBps / 100) : "",
    notes: cutText(mail.text.trim(), 3_000),
  };
}

function wordFor(name: string): RegExp {
  return new RegExp(String.raw`\b${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\b`, "i");
}

function sizeOf(digits: string | undefined, thousands: string | undefined): string {
  const value = Number((digits ?? "").replaceAll(",", "")) * (thousands ? 1000 : 1);
  return Number.isFinite(value) && value >= 500 && value <= 50_000_000 ? String(Math.round(value)) : "";
}

function usd(value: number | null): string {
  return value === null ? "" : String(value);
}
