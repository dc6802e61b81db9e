const AMOUNT =
  /(\$)?\s?\b(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s?(?:-|–|to)\s?\$?\d[\d.,]*)?\s*(million|mil|mm|m|k|thousand)?\b(?!\s*(?:%|cap|sf|square|psf|\/|per|years|units|acres))/gi;
const CAP =
  /\b(\d{1,2}(?:\.\d{1,2})?)\s*%?\s*cap\b|\bcap(?:italization)?(?: rate)?\s*(?:of|at|around|is|:|near)?\s*(?:an? )?(\d{1,2}(?:\.\d{1,2})?)\s*%?/i;
/** An amount in such a sentence is not what the owner wants for the property. */
const NOT_AN_ASK =
  /\b(?:paid|bought|purchased|loan|debt|mortgage|owe|balance|noi|net operating|taxes|rents?|per (?:month|year|foot))\b/i;

/**
 * A price in whole dollars and a cap rate in basis points from the sender's sentences, for who asks without having read
 * them: the product has, and knows whose they are.
 */
export function readPrices(sentences: readonly string[]): {
  askingPriceUsd: number | null;
  capRateBps: number | null;
} {
  return { askingPriceUsd: askingPrice(sentences), capRateBps: capRate(sentences.join("\n")) };
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
