import { z } from "zod";
import type { AgentName } from "@/lib/agents/definition-text";
import { describePayload } from "@/lib/criteria/describe-payload";
import { diffPayloads } from "@/lib/criteria/diff-payloads";
import type { Lookups } from "@/lib/criteria/lookups";
import { type ProposedPayload, sourcingAnswerSchema } from "@/lib/criteria/sourcing-answer";

/** How far two answers to one input agree. `bps`: 10000 is the same in all that matters. */
export interface Agreement {
  readonly bps: number;
  /** In one line: "interested → soft_pass", "payloads: 2 changed, 1 added"; where they agree, on what. */
  readonly note: string;
}

/**
 * Compares what a candidate answered with what the live agent did: the category for the classifier, what the payloads
 * would find for sourcing. Null when either is not an answer of that agent.
 */
export function compareOutputs(
  agent: AgentName,
  live: unknown,
  candidate: unknown,
  input: unknown,
): Agreement | null {
  return agent === "sourcing-agent"
    ? compareSourcing(live, candidate, readLookups(input))
    : compareCategories(live, candidate);
}

function compareCategories(live: unknown, candidate: unknown): Agreement | null {
  const before = findCategories(live);
  const after = findCategories(candidate);
  if (before.size === 0 || after.size === 0) return null;
  const places = [...new Set([...before.keys(), ...after.keys()])];
  const differing = places.filter((place) => before.get(place) !== after.get(place));
  return {
    bps: Math.round(((places.length - differing.length) / places.length) * 10_000),
    note:
      differing.length === 0
        ? [...new Set(after.values())].join(", ")
        : differing
            .map((place) => `${before.get(place) ?? "none"} → ${after.get(place) ?? "none"}`)
            .join("; "),
  };
}

/** Every `category` in an answer by where it stands; items of a list by their id where they have one. */
function findCategories(output: unknown, place = ""): Map<string, string> {
  const found = new Map<string, string>();
  if (typeof output !== "object" || output === null) return found;
  for (const [key, value] of Object.entries(output)) {
    if (key === "category" && typeof value === "string") found.set(place, value);
    const within = Array.isArray(output) ? itemName(value, key) : key;
    for (const [inner, category] of findCategories(value, `${place}/${within}`)) found.set(inner, category);
  }
  return found;
}

function itemName(item: unknown, index: string): string {
  const id = typeof item === "object" && item !== null && "id" in item ? item.id : undefined;
  return typeof id === "string" || typeof id === "number" ? String(id) : index;
}

function compareSourcing(live: unknown, candidate: unknown, lookups: Lookups): Agreement | null {
  const before = sourcingAnswerSchema.safeParse(live);
  const after = sourcingAnswerSchema.safeParse(candidate);
  if (!before.success || !after.success) return null;
  const one = before.data.payloads;
  const other = after.data.payloads;
  const changes = diffPayloads(one, other, lookups);
  const counts = (["changed", "added", "removed"] as const).flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count > 0 ? [`${count} ${kind}`] : [];
  });
  return {
    bps: Math.round(likeness(one, other, lookups) * 10_000),
    note: counts.length === 0 ? "all payloads" : `payloads: ${counts.join(", ")}`,
  };
}

/** Each payload with the one most like it, by the share of facts both have; one without a partner counts as nothing. */
function likeness(
  one: readonly ProposedPayload[],
  other: readonly ProposedPayload[],
  lookups: Lookups,
): number {
  const facts = (payload: ProposedPayload) =>
    new Set(describePayload(payload.payload, lookups).map(({ label, value }) => `${label}: ${value}`));
  const open = one.map(facts);
  let sum = 0;
  for (const mine of other.map(facts)) {
    const scores = open.map((theirs) => shared(mine, theirs));
    const best = Math.max(0, ...scores);
    if (best === 0) continue;
    open.splice(scores.indexOf(best), 1);
    sum += best;
  }
  return sum / Math.max(one.length, other.length);
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((fact) => other.has(fact)).length;
  const all = one.size + other.size - both;
  return all === 0 ? 1 : both / all;
}

const lookupSchema = z.object({ id: z.number(), name: z.string(), marketFilter: z.boolean().catch(true) });
const lookupsSchema = z.object({
  markets: z.array(lookupSchema).catch([]),
  propertyTypes: z.array(lookupSchema).catch([]),
  ownerTypes: z.array(lookupSchema).catch([]),
});

/** The lookups a recorded sourcing run was given; empty ones when it had none. */
export function readLookups(input: unknown): Lookups {
  const parsed = z.object({ lookups: lookupsSchema }).safeParse(input);
  return parsed.success ? parsed.data.lookups : { markets: [], propertyTypes: [], ownerTypes: [] };
}
