import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/words/time";
import type { ListedVersion } from "@/lib/agents/definitions";

/** Every text a definition had, newest first. */
export function VersionList({
  agent,
  versions,
  live,
}: {
  agent: string;
  versions: readonly ListedVersion[];
  live: string;
}) {
  return (
    <ul className="overflow-hidden rounded-lg border bg-card">
      {versions.map((row) => (
        <li key={row.version} className="border-b last:border-0">
          <Link
            href={`/settings/agents/${agent}/${row.version}`}
            className="grid min-h-11 gap-0.5 px-4 py-2 -outline-offset-2 hover:bg-muted/60"
          >
            <span className="flex flex-wrap items-center gap-2">
              <code className="text-xs">{row.version}</code>
              {row.version === live && <Badge variant="positive">Live</Badge>}
              <span className="ml-auto text-xs text-muted-foreground">
                <Time iso={row.created_at} />
              </span>
            </span>
            <span className="break-words">
              {row.note ?? (row.origin === "file" ? "Came with the file" : "No note")}
              <span className="text-muted-foreground">
                {" "}
                · {row.origin === "file" ? "from the file" : row.author}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
