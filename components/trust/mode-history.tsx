import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/words/time";
import { CHANGE_WORDS, sayBound } from "./trust-words";

interface ModeHistoryProps {
  readonly changes: readonly {
    readonly id: number;
    readonly at: string;
    readonly actor: string;
    readonly kind: string;
    readonly to_mode: string;
    readonly reason: string | null;
    readonly until: string | null;
    readonly evidence: unknown;
  }[];
  /** The desk's zone, in which an end was given. */
  readonly zone: string;
}

/** Every change of a checkpoint's mode: who, when, why, and how the evidence stood. */
export function ModeHistory({ changes, zone }: ModeHistoryProps) {
  return (
    <ol className="divide-y">
      {changes.map((change) => (
        <li key={change.id} className="grid gap-0.5 px-4 py-3">
          <span className="flex flex-wrap items-center gap-2">
            <Badge variant={change.to_mode === "auto" ? "info" : "outline"}>{change.to_mode}</Badge>
            <span className="font-semibold">{CHANGE_WORDS[change.kind] ?? change.kind}</span>
            <span className="ml-auto text-xs text-muted-foreground">
              {change.actor} · <Time iso={change.at} />
            </span>
          </span>
          {change.reason && <span className="break-words">“{change.reason}”</span>}
          <span className="text-xs text-muted-foreground">
            {sayEvidence(change.evidence)}
            {change.until && (
              <>
                {" "}
                Until <Time iso={change.until} zone={zone} show="absolute" />.
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

function sayEvidence(evidence: unknown): string {
  const { decisions, unchanged, bound } = (evidence ?? {}) as Record<string, unknown>;
  if (
    typeof decisions !== "number" ||
    typeof unchanged !== "number" ||
    typeof bound !== "number" ||
    decisions === 0
  )
    return "Nothing had been judged.";
  return `${unchanged} of ${decisions} approved unchanged then, at least ${sayBound(bound)}.`;
}
