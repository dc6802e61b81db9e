import type { Lookup } from "./sourcing-input";

/** What brokers call CoStar's markets besides their names. Capitals only where a small word would be another word. */
const MARKET_ALIASES: Readonly<Record<string, RegExp>> = {
  "Orange County": /\bOC\b|\boc\b/,
  "Inland Empire": /\bIE\b/,
  "Los Angeles": /\bLA\b|\bL\.A\./,
  "San Diego": /\bSD\b/,
  "Dallas-Fort Worth": /\bDFW\b|\bdallas\b|\bfort worth\b|\bDallas\b|\bFort Worth\b/,
  "New York": /\bNYC?\b|\bmanhattan\b|\bManhattan\b/,
  "San Francisco": /\bSFO\b|\b[Bb]ay [Aa]rea\b/,
  Phoenix: /\bPHX\b/,
  Atlanta: /\bATL\b/,
  Chicago: /\bCHI\b|\bchicagoland\b/i,
};

const TYPE_WORDS: Readonly<Record<string, RegExp>> = {
  Multifamily: /\bmulti[- ]?famil(?:y|ies)\b|\bapartments?\b/i,
  Industrial: /\bindustrials?\b|\bwarehouses?\b/i,
  Hospitality: /\bhospitality\b|\bhotels?\b|\bmotels?\b/i,
  "Shopping Center": /\bshopping cent(?:er|re)s?\b|\bstrip (?:malls?|cent(?:er|re)s?)\b/i,
  "Health Care": /\bhealth ?care\b|\bmedical(?: office)?s?\b/i,
  Student: /\bstudent(?: housing)?\b/i,
};

/** Markets a text names, in the order of the lookups. */
export function marketsNamedIn<Market extends Lookup>(text: string, markets: readonly Market[]): Market[] {
  return markets.filter(
    (market) => wholeWord(market.name).test(text) || MARKET_ALIASES[market.name]?.test(text) === true,
  );
}

/** Property types a text names, singular or plural. */
export function typesNamedIn<Type extends Lookup>(text: string, types: readonly Type[]): Type[] {
  return types.filter((type) => (TYPE_WORDS[type.name] ?? wholeWord(type.name)).test(text));
}

/** The lookup a criterion means: by id, by exact name, or by what people call it. */
export function findLookup<Found extends Lookup>(
  wanted: string | number,
  lookups: readonly Found[],
  namedIn: (text: string, lookups: readonly Found[]) => Found[],
): Found | null {
  if (typeof wanted === "number" || /^\d+$/.test(wanted)) {
    return lookups.find((lookup) => lookup.id === Number(wanted)) ?? null;
  }
  const exact = lookups.find((lookup) => lookup.name.toLowerCase() === wanted.trim().toLowerCase());
  return exact ?? namedIn(wanted, lookups)[0] ?? null;
}

function wholeWord(name: string): RegExp {
  return new RegExp(String.raw`(?<![\w-])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}s?(?![\w-])`, "i");
}

/** Markets brokers treat as one region: a learning about one may help a search in another. */
const REGIONS: readonly (readonly number[])[] = [
  [825, 605, 130, 861],
  [316, 1276, 159],
];

export function isNear(market: Lookup, others: readonly Lookup[]): boolean {
  return others.some(
    (other) =>
      other.id === market.id ||
      REGIONS.some((region) => region.includes(other.id) && region.includes(market.id)),
  );
}
