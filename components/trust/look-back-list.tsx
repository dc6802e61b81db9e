import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/words/time";

interface LookBackListProps {
  readonly items: readonly {
    readonly id: string;
    readonly checkpoint: string;
    readonly title: string;
    readonly summary: string;
    readonly requested_at: string;
  }[];
}

/** What auto let through and asks a verdict on. */
export function LookBackList({ items }: LookBackListProps) {
  return (
    <ul className="divide-y overflow-hidden rounded-lg border bg-card">
      {items.map((item) => (
        <li key={item.id}>
          <Link href={`/approvals/${item.id}`} className="grid gap-0.5 px-4 py-3 hover:bg-accent">
            <span className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 font-semibold break-words">{item.title}</span>
              <Badge variant="outline">{item.checkpoint}</Badge>
              <span className="ml-auto text-xs text-muted-foreground">
                <Time iso={item.requested_at} />
              </span>
            </span>
            <span className="truncate text-muted-foreground">{item.summary}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
