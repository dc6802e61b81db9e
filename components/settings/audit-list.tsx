import Link from "next/link";
import { Time } from "@/components/words/time";
import type { AuditRow } from "@/lib/settings/audit";
import { entityHref, listChanges, sayAction, sayEntity } from "./audit-words";

/** Who did what, when and why; what changed is behind each row. */
export function AuditList({ rows }: { rows: readonly AuditRow[] }) {
  return (
    <ol className="overflow-hidden rounded-lg border bg-card">
      {rows.map((row) => (
        <li key={row.id} className="border-b px-4 py-2.5 last:border-0">
          <AuditItem row={row} />
        </li>
      ))}
    </ol>
  );
}

function AuditItem({ row }: { row: AuditRow }) {
  const href = entityHref(row.entity, row.entity_id);
  const changes = listChanges(row.before, row.after);
  return (
    <div className="grid gap-1">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <p className="min-w-0 break-words">
          <span className="font-semibold">{sayAction(row.action)}</span>{" "}
          {href ? (
            <Link
              href={href}
              className="text-primary underline-offset-4 hover:underline touch:inline-flex touch:min-h-11 touch:items-center"
            >
              {sayEntity(row.entity)}
            </Link>
          ) : (
            <span className="text-muted-foreground">{sayEntity(row.entity)}</span>
          )}
        </p>
        <p className="text-xs text-muted-foreground">
          {row.actor === "system" ? "by itself" : row.actor} · <Time iso={row.at} show="both" />
        </p>
      </div>
      {row.why && <p className="break-words text-muted-foreground">{row.why}</p>}
      {changes.length > 0 && (
        <details>
          <summary className="flex min-h-6 w-fit items-center text-xs text-muted-foreground touch:min-h-11">
            {changes.length === 1 ? "1 field" : `${changes.length} fields`}
          </summary>
          <dl className="mt-1 grid gap-1 text-xs">
            {changes.map(({ field, from, to }) => (
              <div key={field} className="break-all">
                <dt className="inline text-muted-foreground">{field}: </dt>
                <dd className="inline">
                  {from !== null && <del>{from}</del>}{" "}
                  {to !== null && <ins className="no-underline">{to}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
