import type { Classification } from "@/lib/replies/classification";

type Facts = Classification["facts"];

const AMOUNT =
  /(\$)?\s?\b(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s?(?:-|–|to)\s?\$?\d[\d.,]*)?\s*(million|mil|mm|m|k|thousand)?\b(?!\s*(?:%|cap|sf|square|psf|\/|per|years|units|acres))/gi;
const CAP =
  /\b(\d{1,2}(?:\.\d{1,2})?)\s*%?\s*cap\b|\bcap(?:italization)?(?: rate)?\s*(?:of|at|around|is|:|near)?\s*(?:an? )?(\d{1,2}(?:\.\d{1,2})?)\s*%?/i;
/** An amount in such a sentence is not what the owner wants for the property. */
const NOT_AN_ASK =
  /\b(?:paid|bought|purchased|loan|debt|mortgage|owe|balance|noi|net operating|taxes|rents?|per (?:month|year|foot))\b/i;
const PHONE = /(?:\+?1[-. ])?\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b/g;
const CALL_TIME =
  /\b(?:(?:next|this|on) )?(?:mon|tues|wednes|thurs|fri)days?(?:,? (?:morning|afternoon|evening))?(?:,? (?:at|after|before|around|between) \d{1,2}(?::\d{2})?\s*(?:am|pm)?)?|\btomorrow(?: (?:morning|afternoon))?(?: (?:at|after|around) \d{1,2}(?::\d{2})?\s*(?:am|pm)?)?|\b(?:after|before|around) \d{1,2}(?::\d{2})?\s*(?:am|pm)\b|\bnext week\b|\bthis (?:morning|afternoon)\b/gi;
const DOCUMENT =
  /\b(?:rent roll|t-?12|trailing twelve|offering memorandum|om\b|operating statements?|leases?\b(?= (?:abstract|copy|copies))|environmental report|phase (?:i|1)|nda|loi|letter of intent|proof of funds|appraisal|survey|financials)\b/gi;
const NAME =
  /\b(?:contact|to|with|partner|broker|brother|sister|son|daughter|manager|agent|cfo|controller|attorney|colleague|ask for|cc'?(?:ed|ing|d)?|copied|copying|adding|name is|trustee|represented by)[,:]?\s+(?:is\s+)?([A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-zA-Z'-]+)/g;
const NAME_BEFORE =
  /\b([A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]+)(?:,? (?:at|of|with|from) [A-Z]\w+)?,? (?:handles|runs|decides|makes|is our|is my|represents|oversees|takes care)/g;
const COMPANY_WORD =
  /\b(?:Street|Avenue|Properties|Industrial|Group|Realty|Partners|Monday|Holdings|Commercial|Brokerage|Advisors|Net|Associates|St|Ave|Blvd)\b/;

/** Figures and names in the sender's own sentences. Prices in whole dollars, cap rates in basis points. */
export function readFacts(sentences: readonly string[]): Facts {
  const text = sentences.join("\n");
  return {
    askingPriceUsd: askingPrice(sentences),
    capRateBps: capRate(text),
    names: unique(
      [...text.matchAll(NAME), ...text.matchAll(NAME_BEFORE)].map((match) => match[1] ?? ""),
    ).filter((name) => !COMPANY_WORD.test(name)),
    phones: unique(text.match(PHONE) ?? []),
    callTimes: unique(text.match(CALL_TIME) ?? []),
    documents: unique(text.match(DOCUMENT) ?? []),
    people: [],
    followUpOn: null,
    speaksForCompany: null,
  };
}

function askingPrice(sentences: readonly string[]): number | null {
  for (const sentence of sentences) {
    if (NOT_AN_ASK.test(sentence)) continue;
    for (const match of sentence.matchAll(AMOUNT)) {
      const [whole, dollar, digits = "", unit = ""] = match;
      const factor = /^(?:million|mil|mm|m)$/i.test(unit)
        ? 1_000_000
        : /^(?:k|thousand)$/i.test(unit)
          ? 1_000
          : 1;
      const range = /(?:-|–|to)\s?\$?\d[\d.,]*\s*$/i.test(whole) && factor === 1;
      const value = Math.round(Number(digits.replaceAll(",", "")) * (range ? 1 : factor));
      if (value >= 100_000 && (dollar !== undefined || factor > 1 || digits.includes(","))) return value;
    }
  }
  return null;
}

function capRate(text: string): number | null {
  const match = CAP.exec(text);
  const percent = Number(match?.[1] ?? match?.[2] ?? Number.NaN);
  return percent >= 2 && percent <= 20 ? Math.round(percent * 100) : null;
}

function unique(found: readonly string[]): string[] {
  return [...new Set(found.map((one) => one.trim()).filter((one) => one !== ""))].slice(0, 20);
}
