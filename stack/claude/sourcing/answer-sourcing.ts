import type { SourcingAnswer } from "@/lib/criteria/sourcing-answer";
import { type Applied, applyWords } from "./apply-words";
import { readLearnings } from "./learnings";
import { planFromCriteria } from "./plan-from-criteria";
import { planFromPrevious } from "./plan-from-previous";
import { PLAYS } from "./plays";
import type { SearchPlan } from "./search-plan";
import { readSourcingInput, type SourcingInput } from "./sourcing-input";
import { writePayloads } from "./write-payloads";

const UNKNOWN_MARKET_ID = 999_999;

/**
 * sourcing-agent by rules: criteria give a plan, learnings and feedback change it, plays turn it into payloads.
 * Null when the input is not its own or names no market or type that is known. `broken` asks for an unknown market.
 */
export function answerSourcing(
  value: Record<string, unknown>,
  systemPrompt: string,
  broken: boolean,
): SourcingAnswer | null {
  const input = readSourcingInput(value);
  if (!input) return null;
  const told: string[] = [];
  const plan = applyAllWords(input, systemPrompt, told);
  if (plan.markets.length === 0 || plan.types.length === 0) return null;
  const changed = told.filter((sentence) => sentence.startsWith("Applied"));
  const because = changed.length === 0 ? "" : ` ${changed.join(" ")}`;
  const { payloads, left } = writePayloads(plan, new Date(input.today), because);
  if (payloads.length === 0) return null;
  if (broken) breakFirst(payloads);
  const strategy = [
    describePlan(input, plan, payloads.length),
    ...told,
    ...(left.length > 0 ? [`Left out for room: ${left.join("; ")}.`] : []),
    ...(input.errors?.length ? [`Corrected after: ${input.errors.join("; ")}.`] : []),
  ].join("\n");
  return { strategy: strategy.slice(0, 4_000), payloads };
}

function applyAllWords(input: SourcingInput, systemPrompt: string, told: string[]): SearchPlan {
  const context = { lookups: input.lookups, year: Number(input.today.slice(0, 4)) };
  const fresh = planFromCriteria(input);
  // A revision starts from the proposal it revises: the learnings are in it, and feedback may have undone one.
  let plan = input.previous ? planFromPrevious(input.previous.payloads, fresh, input.lookups) : fresh;
  for (const { words } of input.previous ? [] : readLearnings(systemPrompt)) {
    const applied = applyWords(words, plan, context, true);
    plan = applied.plan;
    told.push(...tell("learning", words, applied));
  }
  const feedback = input.feedback?.trim();
  if (feedback) {
    const applied = applyWords(feedback, plan, context, false);
    plan = applied.plan;
    told.push(...tell("feedback", feedback, applied));
  }
  return plan;
}

function tell(what: string, words: string, { done, already, refused }: Applied): string[] {
  const quoted = `${what} "${words.slice(0, 300)}"`;
  const told: string[] = [];
  if (done.length > 0) told.push(`Applied the ${quoted}: ${done.join("; ")}.`);
  else if (already.length > 0) told.push(`The ${quoted} asks for what this search already is.`);
  if (refused.length > 0) {
    told.push(`The ${quoted} does not fit this search and was not followed: ${refused.join("; ")}.`);
  }
  return told.length > 0 ? told : [`Kept the ${quoted} in mind; it changed no filter.`];
}

function describePlan({ criteria }: SourcingInput, plan: SearchPlan, count: number): string {
  const { buyer, criteria: wanted } = criteria;
  const names = (list: readonly { name: string }[]) => list.map((one) => one.name).join(", ");
  const plays = plan.plays
    .map((play) => PLAYS[play].title)
    .map((title) => title.charAt(0).toLowerCase() + title.slice(1))
    .join(", ");
  const deadline = wanted.deadline
    ? ` The deadline is ${wanted.deadline}, so motivated sellers come first.`
    : "";
  const price =
    wanted.price && !wanted.sizeSf
      ? " Sizes are estimated from the price range; CoStar has no asking price."
      : "";
  return (
    `${count} focused ${count === 1 ? "payload" : "payloads"} for ${buyer.name} (${wanted.name}): ${names(plan.types)} in ` +
    `${names(plan.markets)}. Plays: ${plays}.${price}${deadline}`
  );
}

function breakFirst(payloads: SourcingAnswer["payloads"]): void {
  const first = payloads[0]?.payload["0"];
  if (first) first.Geography = { Filter: { FilterType: 132, Ids: [UNKNOWN_MARKET_ID] } };
}
