import { cutText } from "@/lib/files/text-limits";
import { type AskingPrice, readAskingPrice } from "./asking-price";
import { digitsForSpelled } from "./money-words";
import {
  blank,
  type CapRate,
  type PricePerSquareFoot,
  type Taken,
  takeCapRate,
  takeNoi,
  takePricePerSquareFoot,
  takePricePerUnit,
  type UsdFact,
} from "./yield-facts";

/** Numbers a reply states about the property, each with the words it was read from; null when it states none. */
export interface PriceFacts {
  askingPrice: AskingPrice | null;
  capRate: CapRate | null;
  noi: UsdFact | null;
  pricePerSquareFoot: PricePerSquareFoot | null;
  pricePerUnit: UsdFact | null;
}

/** Numbers that are no money: telephone numbers, sizes, counts, dates, street numbers with their street. */
const NOT_MONEY: readonly RegExp[] = [
  /(?:\+?1[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b(?:\s?(?:x|ext\.?)\s?\d+)?/g,
  /\b\d[\d,.]*\s?(?:\+\/-\s?)?(?:k\s)?(?:sf|sq\.?\s?(?:ft|feet|foot)|square f(?:ee|oo)t|acres?|ac\b|units?|doors|keys|beds?|bedrooms?|years?|yrs?|months?|days?|weeks?|hours?|minutes?|tenants?|buildings?|properties|stories|floors?|spaces|miles|feet|percent|am\b|pm\b)\b/gi,
  /\b(?:in|since|built|circa|year|until|by|of)\s(?:19|20)\d\d\b/gi,
  /\b\d{1,2}\/\d{1,2}(?:\/\d{2,4})?\b/g,
  /\b\d{1,2}:\d{2}\b/g,
  /\b\d{1,6}\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z]+\s){1,3}(?:st|street|ave|avenue|blvd|boulevard|rd|road|dr|drive|ln|lane|way|hwy|highway|pkwy|parkway|ct|court|pl|place|suite|ste)\b/gi,
  /\b1031\b/g,
];

const MAX_CHARS = 12_000;
const MAX_SENTENCES = 300;

/**
 * Reads prices from the stripped text of a reply. Knows the trade's shorthand ("3.5mm", "$8-9M", "6 cap", "mid
 * 7s", "north of 12M") and leaves out money that is no asking price: debt, rent, taxes, what was once paid.
 * The first fact of each kind wins.
 */
export function readPriceFacts(visibleText: string): PriceFacts {
  const facts: PriceFacts = {
    askingPrice: null,
    capRate: null,
    noi: null,
    pricePerSquareFoot: null,
    pricePerUnit: null,
  };
  const text = cutText(visibleText, MAX_CHARS);
  const sentences = splitSentences(digitsForSpelled(text));
  const isWholeMail = sentences.filter((one) => /\d/.test(one)).length === 1 && text.length < 200;
  for (const sentence of sentences) {
    if (!/\d/.test(sentence)) continue;
    let rest = sentence;
    const take = <T>(taken: Taken<T>): T | null => {
      rest = taken.rest;
      return taken.fact;
    };
    const capRate = take(takeCapRate(rest));
    const noi = take(takeNoi(rest));
    const perFoot = take(takePricePerSquareFoot(rest));
    const perUnit = take(takePricePerUnit(rest));
    facts.capRate ??= capRate;
    facts.noi ??= noi;
    facts.pricePerSquareFoot ??= perFoot;
    facts.pricePerUnit ??= perUnit;
    facts.askingPrice ??= readAskingPrice(withoutOtherNumbers(rest), isWholeMail);
  }
  return facts;
}

/** True when any number of interest was stated. */
export function hasPriceFacts(facts: PriceFacts): boolean {
  return Object.values(facts).some((fact) => fact !== null);
}

function splitSentences(text: string): string[] {
  return text
    .split(/\n+|(?<=[A-Za-z)%\d][.!?])\s+(?=[A-Z"'$\d])|;\s/)
    .slice(0, MAX_SENTENCES)
    .map((one) => cutText(one, 1_000));
}

function withoutOtherNumbers(sentence: string): string {
  let rest = sentence;
  for (const pattern of NOT_MONEY) {
    for (const match of rest.matchAll(pattern)) rest = blank(rest, match);
  }
  return rest;
}
