import { StatusBadge } from "@/components/words/status-badge";
import type { Category } from "@/lib/replies/classification";
import type { RoutingRule } from "@/lib/settings/routing-rules";
import { RoutingForm, type UpdateRule } from "./routing-form";
import { judgeReader, sayFixed, sayRule } from "./routing-words";

/** What happens with each category, one row of words each, with what may be changed behind it. */
export function RoutingList({ rules, onUpdate }: { rules: readonly RoutingRule[]; onUpdate: UpdateRule }) {
  return (
    <ul className="divide-y">
      {rules.map((rule) => (
        <li key={rule.category} className="grid gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-[9rem_minmax(0,1fr)]">
          <div>
            <StatusBadge of="category" status={rule.category} />
          </div>
          <div className="grid min-w-0 gap-1.5">
            <p>{rule.action}</p>
            <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted-foreground tabular-nums">
              {sayRule(rule).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
            <p className="max-w-prose text-xs text-muted-foreground">{sayFixed(rule)}</p>
            <RoutingForm
              key={`${rule.priority}-${rule.task_after_days}-${rule.to_person}`}
              category={rule.category as Category}
              title={rule.title}
              priority={rule.priority}
              days={rule.task_kind === null ? null : (rule.task_after_days ?? 0)}
              toPerson={rule.to_person}
              reader={judgeReader(rule)}
              onUpdate={onUpdate}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
