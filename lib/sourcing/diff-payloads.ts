import { describePayload } from "./describe-payload";
import type { Lookups } from "./lookups";
import type { ProposedPayload } from "./sourcing-answer";

export interface PayloadChange {
  readonly title: string;
  readonly kind: "added" | "removed" | "changed";
  /** "Markets: Inland Empire → Inland Empire, Orange County" */
  readonly lines: readonly string[];
}

/** What changed between two revisions, in the words a payload is shown in. Payloads are matched by title, then by place. */
export function diffPayloads(
  before: readonly ProposedPayload[],
  after: readonly ProposedPayload[],
  lookups: Lookups,
): PayloadChange[] {
  const unmatched = new Set(before);
  const pairs = after.map((next, index): [ProposedPayload | undefined, ProposedPayload] => {
    const same = before.find((old) => old.title === next.title);
    const match = same ?? (after.length === before.length ? before[index] : undefined);
    if (match) unmatched.delete(match);
    return [match, next];
  });
  return [
    ...pairs.flatMap(([old, next]): PayloadChange[] => {
      if (!old) return [{ title: next.title, kind: "added", lines: factLines(next, lookups) }];
      const lines = changedLines(old, next, lookups);
      return lines.length > 0 ? [{ title: next.title, kind: "changed", lines }] : [];
    }),
    ...[...unmatched].map((old): PayloadChange => ({ title: old.title, kind: "removed", lines: [] })),
  ];
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
