import { describePayload } from "./describe-payload";
import type { Lookups } from "./lookups";
import type { ProposedPayload } from "./sourcing-answer";

export interface PayloadChange {
  readonly title: string;
  readonly kind: "added" | "removed" | "changed";
  /** "Markets: Inland Empire → Inland Empire, Orange County" */
  readonly lines: readonly string[];
}

/**
 * What changed between two revisions, in the words a payload is shown in. Payloads are matched by title, then by the likest title ("Long
 * holds (wider)" was "Long holds"), then by place where as many are left before as after.
 */
export function diffPayloads(
  before: readonly ProposedPayload[],
  after: readonly ProposedPayload[],
  lookups: Lookups,
): PayloadChange[] {
  const matches = matchPayloads(before, after);
  const kept = new Set(matches.values());
  return [
    ...after.flatMap((next): PayloadChange[] => {
      const old = matches.get(next);
      if (!old) return [{ title: next.title, kind: "added", lines: factLines(next, lookups) }];
      const lines = changedLines(old, next, lookups);
      return lines.length > 0 ? [{ title: next.title, kind: "changed", lines }] : [];
    }),
    ...before
      .filter((old) => !kept.has(old))
      .map((old): PayloadChange => ({ title: old.title, kind: "removed", lines: [] })),
  ];
}

/** Below this share of common words two titles name different payloads. */
const ALIKE = 0.6;

function matchPayloads(
  before: readonly ProposedPayload[],
  after: readonly ProposedPayload[],
): ReadonlyMap<ProposedPayload, ProposedPayload> {
  const matches = new Map<ProposedPayload, ProposedPayload>();
  const left = new Set(before);
  const match = (next: ProposedPayload, old: ProposedPayload | undefined) => {
    if (!old || matches.has(next) || !left.delete(old)) return;
    matches.set(next, old);
  };
  for (const next of after)
    match(
      next,
      before.find((old) => left.has(old) && old.title === next.title),
    );
  const pairs = after
    .flatMap((next) => before.map((old) => ({ next, old, likeness: likeness(old.title, next.title) })))
    .filter((pair) => pair.likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness);
  for (const { next, old } of pairs) match(next, old);
  const rest = after.filter((next) => !matches.has(next));
  if (rest.length === left.size)
    for (const [index, old] of [...left].entries()) {
      const next = rest[index];
      if (next) match(next, old);
    }
  return matches;
}

/** The share of words two titles have in common. */
function likeness(one: string, other: string): number {
  const [a, b] = [one, other].map((title) => new Set(title.toLowerCase().match(/[\p{L}\d]+/gu)));
  if (!a || !b) return 0;
  const common = [...a].filter((word) => b.has(word)).length;
  return common / Math.max(1, a.size + b.size - common);
}

function factLines(payload: ProposedPayload, lookups: Lookups): string[] {
  return describePayload(payload.payload, lookups).map(({ label, value }) => `${label}: ${value}`);
}

function changedLines(old: ProposedPayload, next: ProposedPayload, lookups: Lookups): string[] {
  const was = new Map(describePayload(old.payload, lookups).map(({ label, value }) => [label, value]));
  const is = new Map(describePayload(next.payload, lookups).map(({ label, value }) => [label, value]));
  const lines = old.title === next.title ? [] : [`Title: ${old.title} → ${next.title}`];
  for (const label of new Set([...was.keys(), ...is.keys()])) {
    const from = was.get(label);
    const to = is.get(label);
    if (from !== to) lines.push(`${label}: ${from ?? "(any)"} → ${to ?? "(any)"}`);
  }
  return lines;
}
