import { Section } from "@/components/shell/section";
import { Badge } from "@/components/ui/badge";

interface RevisionDiffProps {
  /** The words that asked for this revision. */
  readonly feedback: string | null;
  readonly by: string | null;
  readonly changes: readonly {
    readonly title: string;
    readonly kind: "added" | "removed" | "changed";
    readonly lines: readonly string[];
  }[];
}

/** What changed since the last revision, beside the words that caused it. */
export function RevisionDiff({ feedback, by, changes }: RevisionDiffProps) {
  return (
    <Section title="What changed since the last revision" frame="card">
      <div className="grid gap-4 md:grid-cols-2">
        <figure className="grid content-start gap-1">
          <figcaption className="text-xs text-muted-foreground">{by ?? "Somebody"} said</figcaption>
          <blockquote className="border-l-2 border-primary pl-3">{feedback ?? "(no words)"}</blockquote>
        </figure>
        <div className="grid content-start gap-3">
          <p className="text-xs text-muted-foreground">The agent changed</p>
          {changes.length === 0 && <p>Nothing. The words may need to be plainer.</p>}
          <ul className="grid gap-3">
            {changes.map((change) => (
              <li key={`${change.kind} ${change.title}`} className="grid gap-1">
                <span className="flex flex-wrap items-center gap-2">
                  <Badge
                    variant={
                      change.kind === "removed" ? "danger" : change.kind === "added" ? "positive" : "info"
                    }
                  >
                    {change.kind}
                  </Badge>
                  <span className="font-semibold">{change.title}</span>
                </span>
                {change.lines.map((line) => (
                  <span key={line} className="text-muted-foreground">
                    {line}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  );
}
