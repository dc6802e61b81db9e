import { cn } from "@/components/ui/cn";
import { diffDefinition } from "@/lib/agents/diff-definition";

const SIGNS = { same: " ", added: "+", removed: "−" } as const;
const WORDS = { same: "", added: "added: ", removed: "removed: " } as const;

/** What differs between two definitions, with a sign on each line, so that colour is not all that says it. */
export function DefinitionDiff({
  before,
  after,
  none = "Nothing differs.",
}: {
  before: string;
  after: string;
  none?: string;
}) {
  const lines = diffDefinition(before, after);
  if (lines.length === 0) return <p className="text-muted-foreground">{none}</p>;
  return (
    <div className="overflow-hidden rounded-lg border bg-card font-mono text-xs leading-5">
      {lines.map((line) =>
        line.kind === "gap" ? (
          <p
            key={line.at}
            className="border-y bg-muted px-3 text-muted-foreground first:border-t-0 last:border-b-0"
          >
            {line.lines === 1 ? "1 line the same" : `${line.lines} lines the same`}
          </p>
        ) : (
          <p
            key={line.at}
            className={cn(
              "grid grid-cols-[1.25rem_minmax(0,1fr)] px-3",
              line.kind === "added" && "bg-positive-soft",
              line.kind === "removed" && "bg-danger-soft",
            )}
          >
            <span aria-hidden="true" className="text-muted-foreground select-none">
              {SIGNS[line.kind]}
            </span>
            <span className="break-words whitespace-pre-wrap">
              <span className="sr-only">{WORDS[line.kind]}</span>
              {line.text || " "}
            </span>
          </p>
        ),
      )}
    </div>
  );
}
