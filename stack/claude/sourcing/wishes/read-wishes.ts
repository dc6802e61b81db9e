import { readDirections } from "./read-breadth";
import { readBuilding } from "./read-building";
import { readNames } from "./read-names";
import { readNumbers } from "./read-numbers";
import { readOwners } from "./read-owners";
import { type Mood, moodOf, type Wish, type WishContext } from "./wish";

/** Ends of clauses; a comma inside a number is none. */
const CLAUSE_END = /;|\n|\.(?=\s|$)|,(?!\d)|\bbut\b|\bthen\b|(?<!\b[ABC]\s)\band\b(?!\s[ABC]\b)/i;

/** The changes a person's words ask for, in their order; empty when there is nothing in them that is understood. */
export function readWishes(words: string, context: WishContext): Wish[] {
  const numbers = readNumbers(words, context);
  const wishes = [...numbers.wishes];
  let mood: Mood | null = null;
  for (const clause of numbers.rest.split(CLAUSE_END)) {
    // "Drop Phoenix and Denver": a clause without a verb goes on in the mood of the one before it.
    mood = moodOf(clause) ?? mood;
    wishes.push(...readNames(clause, mood ?? "add", context));
    wishes.push(...readOwners(clause, mood ?? "only", context));
    wishes.push(...readBuilding(clause, mood));
  }
  wishes.push(...readDirections(numbers.rest, wishes.length === 0, context.year));
  return wishes;
}
