import { PLAYS, playsNamedIn } from "../plays";
import type { SearchPlan } from "../search-plan";
import type { Mood, Wish } from "./wish";

/** Classes, tenancy and plays a clause names. */
export function readBuilding(clause: string, mood: Mood | null): Wish[] {
  return [...classes(clause, mood), ...tenancy(clause, mood), ...plays(clause, mood)];
}

function classes(clause: string, mood: Mood | null): Wish[] {
  const named = /\bclass(?:es)?\s+([ABCF](?:\s*(?:[,/&+-]|and|or)\s*[ABCF])*)\b/i.exec(clause)?.[1];
  if (!named) return [];
  const letters = (["A", "B", "C", "F"] as const).filter((letter) =>
    new RegExp(`\\b${letter}\\b`, "i").test(named),
  );
  return [
    {
      say: `${mood === "drop" ? "no class" : mood === "add" ? "added class" : "only class"} ${letters.join(", ")}`,
      apply: (plan) => {
        const now = plan.classes.length > 0 ? plan.classes : (["A", "B", "C"] as const);
        const next =
          mood === "drop"
            ? now.filter((letter) => !letters.includes(letter))
            : mood === "add"
              ? [...new Set([...plan.classes, ...letters])]
              : letters;
        return next.length === 0 ? null : { ...plan, classes: next };
      },
    },
  ];
}

function tenancy(clause: string, mood: Mood | null): Wish[] {
  const single = /\bsingle[- ]tenant|\bNNN\b|\btriple net\b/i.test(clause);
  const multi = /\bmulti[- ]?tenant/i.test(clause);
  if (single === multi) return [];
  const wantSingle = mood === "drop" ? multi : single;
  return [
    {
      say: wantSingle ? "single tenant" : "several tenants",
      apply: (plan) => ({ ...plan, tenancy: [wantSingle ? 1 : 2] }),
    },
  ];
}

function plays(clause: string, mood: Mood | null): Wish[] {
  return playsNamedIn(clause).map((play) => ({
    say: `${mood === "drop" ? "without" : mood === "only" ? "only" : "with"} the play "${PLAYS[play].title}"`,
    apply: (plan: SearchPlan) => {
      const others = plan.plays.filter((other) => other !== play);
      if (mood === "drop") return others.length === 0 ? null : { ...plan, plays: others };
      return { ...plan, plays: mood === "only" ? [play] : [play, ...others] };
    },
  }));
}
