import type { Classification } from "@/lib/replies/classification";
import { type AgentCategory, CATEGORY_RULES } from "./category-rules";

export interface Judgement {
  category: AgentCategory;
  confidence: number;
  /** The sentence that decided, null when none did. */
  quote: string | null;
  /** The category that stands against it. */
  against: AgentCategory | null;
}

/** Where several fit as well, the one a mistake would cost most comes first. */
const ORDER: readonly AgentCategory[] = [
  "opt_out",
  "hard_pass",
  "wrong_contact",
  "broker_redirect",
  "referral",
  "pricing_given",
  "buyer_inquiry",
  "soft_pass",
  "interested",
  "question",
];
/** Pairs that do not contradict each other: the first is then simply the answer. */
const GO_TOGETHER: ReadonlySet<string> = new Set([
  "pricing_given+interested",
  "pricing_given+question",
  "interested+question",
  "referral+question",
  "referral+interested",
  "broker_redirect+question",
  "broker_redirect+interested",
  "broker_redirect+pricing_given",
  "broker_redirect+referral",
  "opt_out+hard_pass",
  "opt_out+soft_pass",
  "opt_out+question",
  "hard_pass+soft_pass",
  "hard_pass+wrong_contact",
  "hard_pass+question",
  "soft_pass+question",
  "wrong_contact+referral",
  "wrong_contact+question",
  "buyer_inquiry+question",
  "buyer_inquiry+interested",
]);
const CERTAIN_ENOUGH = 0.9;
const AMBIGUOUS = 0.55;

/** Weighs the rules over the sender's sentences. Contradictions and hints stay below 0.7, for a person. */
export function judgeCategory(sentences: readonly string[], facts: Classification["facts"]): Judgement {
  const scores = new Map<AgentCategory, { score: number; quote: string }>();
  for (const { category, weight, words } of CATEGORY_RULES) {
    const quote = sentences.find((sentence) => words.test(sentence));
    if (quote === undefined) continue;
    const before = scores.get(category);
    scores.set(category, { score: (before?.score ?? 0) + weight, quote: before?.quote ?? quote });
  }
  addPricing(scores, sentences, facts);
  const ranked = ORDER.flatMap((category) => {
    const found = scores.get(category);
    return found ? [{ category, ...found }] : [];
  }).sort((one, other) => Math.min(other.score, 3) - Math.min(one.score, 3));
  const winner = pickWinner(ranked);
  if (!winner) return { category: "other", confidence: 0.4, quote: null, against: null };
  const against = ranked.find(
    (other) => other.category !== winner.category && !goTogether(winner.category, other.category),
  );
  const confidence = against
    ? AMBIGUOUS
    : winner.score === 1
      ? 0.62
      : Math.min(0.97, CERTAIN_ENOUGH - 0.08 + 0.04 * (winner.score - 1));
  return { category: winner.category, confidence, quote: winner.quote, against: against?.category ?? null };
}

interface Scored {
  category: AgentCategory;
  score: number;
  quote: string;
}

/** The best scored, unless one it goes along with says more: a price says more than interest. */
function pickWinner(ranked: readonly Scored[]): Scored | undefined {
  const [best] = ranked;
  if (!best) return undefined;
  return ranked.find((one) => GO_TOGETHER.has(`${one.category}+${best.category}`) && one.score >= 2) ?? best;
}

function goTogether(one: AgentCategory, other: AgentCategory): boolean {
  return GO_TOGETHER.has(`${one}+${other}`) || GO_TOGETHER.has(`${other}+${one}`);
}

function addPricing(
  scores: Map<AgentCategory, { score: number; quote: string }>,
  sentences: readonly string[],
  facts: Classification["facts"],
): void {
  if (facts.askingPriceUsd === null && facts.capRateBps === null) return;
  const quote = sentences.find(
    (sentence) => /\d/.test(sentence) && /[$]|\bm\b|mm|million|cap|\d{3},\d{3}/i.test(sentence),
  );
  if (quote === undefined) return;
  scores.set("pricing_given", { score: facts.askingPriceUsd === null ? 2 : 3, quote });
}
