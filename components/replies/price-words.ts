import { formatUsd } from "@/components/words/numbers";
import type { ReplyFacts } from "@/lib/replies/reply-facts";

/** Basis points as a rate: 650 is `6.5%`, 625 is `6.25%`. */
export function sayBps(bps: number): string {
  return `${Number((bps / 100).toFixed(2))}%`;
}

const sayRange = (low: string, high: string) => (low === high ? low : `${low} to ${high}`);

/** What the owner asks: `$4,200,000`, `$8,000,000 to $9,000,000`, `at least $12,000,000`, `up to $5,000,000`. */
export function sayAskingPrice(price: NonNullable<ReplyFacts["askingPrice"]>): string | null {
  const { lowUsd, highUsd } = price;
  if (lowUsd !== null && highUsd !== null) return sayRange(formatUsd(lowUsd), formatUsd(highUsd));
  if (lowUsd !== null) return `at least ${formatUsd(lowUsd)}`;
  return highUsd === null ? null : `up to ${formatUsd(highUsd)}`;
}

export type PriceFact = {
  label: string;
  value: string;
  /** The mail's own words, or null when only the agent says so. */
  words: string | null;
  note?: string;
};

/** Every price and rate of a reply as a person reads it. What the rules read comes before what the agent says. */
export function listPrices(facts: ReplyFacts): PriceFact[] {
  const prices: (PriceFact | null)[] = [
    askingOf(facts),
    capRateOf(facts),
    facts.noi ? { label: "NOI", value: formatUsd(facts.noi.usd), words: facts.noi.words } : null,
    facts.pricePerSquareFoot
      ? {
          label: "Per square foot",
          value: sayRange(
            formatUsd(facts.pricePerSquareFoot.lowCents / 100),
            formatUsd(facts.pricePerSquareFoot.highCents / 100),
          ),
          words: facts.pricePerSquareFoot.words,
        }
      : null,
    facts.pricePerUnit
      ? { label: "Per unit", value: formatUsd(facts.pricePerUnit.usd), words: facts.pricePerUnit.words }
      : null,
  ];
  return prices.filter((price) => price !== null);
}

function askingOf({ askingPrice, agent }: ReplyFacts): PriceFact | null {
  const value = askingPrice && sayAskingPrice(askingPrice);
  if (askingPrice && value)
    return {
      label: "Asking price",
      value,
      words: askingPrice.words,
      ...(askingPrice.millionsAssumed ? { note: "Millions understood; the mail does not say so." } : {}),
    };
  if (!agent?.askingPriceUsd) return null;
  return { label: "Asking price", value: formatUsd(agent.askingPriceUsd), words: null };
}

function capRateOf({ capRate, agent }: ReplyFacts): PriceFact | null {
  if (capRate)
    return {
      label: "Cap rate",
      value: sayRange(sayBps(capRate.lowBps), sayBps(capRate.highBps)),
      words: capRate.words,
    };
  return agent?.capRateBps ? { label: "Cap rate", value: sayBps(agent.capRateBps), words: null } : null;
}

/** The one figure a row of the inbox has room for. */
export function headlinePrice(facts: ReplyFacts): string | null {
  const [first] = listPrices(facts);
  if (!first) return null;
  return first.label === "Asking price" ? first.value : `${first.value} ${first.label.toLowerCase()}`;
}
