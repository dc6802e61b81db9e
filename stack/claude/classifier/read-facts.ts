import type { Classification } from "@/lib/replies/classification";

type Facts = Classification["facts"];

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

/** Names, numbers and papers in the sender's own sentences. Prices are the product's to read: it knows whose they are. */
export function readFacts(sentences: readonly string[]): Facts {
  const text = sentences.join("\n");
  return {
    askingPriceUsd: null,
    capRateBps: null,
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

function unique(found: readonly string[]): string[] {
  return [...new Set(found.map((one) => one.trim()).filter((one) => one !== ""))].slice(0, 20);
}
