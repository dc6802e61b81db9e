import type { Classification } from "@/lib/replies/classification";
import { judgeCategory } from "./judge-category";
import { ownSentences } from "./own-words";
import { readFacts } from "./read-facts";
import { readPrices } from "./read-prices";
import { suggestAnswer } from "./suggested-answer";

interface ClassifierInput {
  mail: { from: unknown; subject: string; text: string };
  facts: Record<string, unknown>;
}

const QUOTE_LENGTH = 160;

/** One mail's answer in a batch. */
type Result = Classification & { id: string };

/**
 * response-classifier by rules, for one mail (`mail`) or several (`mails`, each with an id). Null when the input is not its
 * own; `broken` asks for a confidence nobody can have.
 */
export function answerClassifier(
  value: Record<string, unknown>,
  broken: boolean,
): Classification | { results: Result[] } | null {
  if (!Array.isArray(value.mails)) return answerOne(value, broken);
  const mails = value.mails.filter(
    (one): one is Record<string, unknown> => typeof one === "object" && one !== null,
  );
  const results = mails.flatMap((one) => {
    const answer = answerOne(one, broken);
    return answer && typeof one.id === "string" ? [{ id: one.id, ...answer }] : [];
  });
  return { results };
}

function answerOne(value: Record<string, unknown>, broken: boolean): Classification | null {
  const input = readInput(value);
  if (!input) return null;
  const sentences = ownSentences(input.mail.subject, input.mail.text);
  const facts =
    "askingPrice" in input.facts || "capRate" in input.facts
      ? withKnownFacts(readFacts(sentences), input.facts)
      : { ...readFacts(sentences), ...readPrices(sentences) };
  const { category, confidence, quote, against } = judgeCategory(sentences, facts);
  const doubt = against ? ` Parts of it read like ${against}.` : "";
  const reason = quote
    ? `It says "${quote.length > QUOTE_LENGTH ? `${quote.slice(0, QUOTE_LENGTH)}…` : quote}".${doubt}`
    : "Nothing in it says what the sender wants.";
  return {
    category,
    confidence: broken ? 7 : Number(confidence.toFixed(2)),
    reason: reason.replace(/\s+/g, " "),
    facts,
    suggestedAnswer: suggestAnswer(category, firstName(input.mail.from), facts),
  };
}

function readInput(value: Record<string, unknown>): ClassifierInput | null {
  const mail = value.mail as Partial<ClassifierInput["mail"]> | undefined;
  if (typeof mail?.text !== "string") return null;
  const facts = typeof value.facts === "object" && value.facts !== null ? value.facts : {};
  return {
    mail: { from: mail.from, subject: typeof mail.subject === "string" ? mail.subject : "", text: mail.text },
    facts: facts as Record<string, unknown>,
  };
}

/** Prices as the product has read them (`askingPrice.lowUsd`, `capRate.lowBps`). */
function withKnownFacts(
  own: Classification["facts"],
  known: Record<string, unknown>,
): Classification["facts"] {
  const price = known.askingPrice as { lowUsd?: unknown; highUsd?: unknown } | null | undefined;
  const cap = known.capRate as { lowBps?: unknown } | null | undefined;
  return {
    ...own,
    askingPriceUsd: wholeNumber(price?.lowUsd) ?? wholeNumber(price?.highUsd) ?? own.askingPriceUsd,
    capRateBps: wholeNumber(cap?.lowBps) ?? own.capRateBps,
  };
}

function wholeNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
}

/** From `Jane Doe <jane@x>`, `{ name, address }`, or an address like jane.doe@x. */
function firstName(from: unknown): string {
  const written =
    typeof from === "string" ? from : String((from as { name?: unknown } | null | undefined)?.name ?? "");
  const name = written.replace(/<.*$/, "").replace(/@.*$/, "").replace(/["']/g, "").trim();
  const first = /^[A-Za-zÀ-ÿ-]{2,}/.exec(name)?.[0] ?? "";
  return first === "" ? "" : first.charAt(0).toUpperCase() + first.slice(1).toLowerCase();
}
