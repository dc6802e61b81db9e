import Link from "next/link";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import type { FilterChoices } from "@/lib/metrics/load-view";
import { type MetricsView, NO_MARKET, PRESETS, viewHref } from "@/lib/metrics/view";
import type { MetricsPath } from "./metrics-tabs";

export type FilterName = "search" | "agent" | "market";

type ViewFormProps = {
  path: MetricsPath;
  view: MetricsView;
  choices: FilterChoices;
  agents: readonly string[];
  /** The filters that mean something on this page. */
  filters: readonly FilterName[];
};

/** Time and filters as part of the address; works without scripts. A filter another page uses is kept. */
export function ViewForm({ path, view, choices, agents, filters }: ViewFormProps) {
  const lists: Record<FilterName, { label: string; any: string; options: [value: string, label: string][] }> =
    {
      search: {
        label: "Search and its campaign",
        any: "Every search",
        options: choices.searches.map(({ id, name }) => [id, name]),
      },
      agent: { label: "Agent", any: "Every agent", options: agents.map((name) => [name, name]) },
      market: {
        label: "Market",
        any: "Every market",
        options: [
          ...choices.markets.map((name): [string, string] => [name, name]),
          [NO_MARKET, "No market known"],
        ],
      },
    };
  const narrowed = view.days === null || filters.some((name) => view[name] !== undefined);
  return (
    <div className="mb-6 grid gap-3">
      <nav aria-label="Time" className="flex flex-wrap gap-2">
        {PRESETS.map((days) => (
          <Button key={days} asChild size="sm" variant="outline">
            <Link
              href={viewHref(path, { ...view, days })}
              scroll={false}
              aria-current={view.days === days ? "true" : undefined}
              className={cn(view.days === days && "border-primary font-semibold text-primary")}
            >
              {days === 365 ? "1 year" : `${days} days`}
            </Link>
          </Button>
        ))}
      </nav>
      <form action={path} method="get" className="flex flex-wrap items-end gap-3">
        <Field label="From" className="w-40 max-sm:flex-1">
          {(control) => <Input {...control} type="date" name="from" defaultValue={view.from} required />}
        </Field>
        <Field label="To" className="w-40 max-sm:flex-1">
          {(control) => <Input {...control} type="date" name="to" defaultValue={view.to} required />}
        </Field>
        {(["search", "agent", "market"] as const).map((name) =>
          filters.includes(name) ? (
            <Field key={name} label={lists[name].label} className="w-52 max-sm:w-full">
              {(control) => (
                <NativeSelect {...control} name={name} defaultValue={view[name] ?? ""}>
                  <option value="">{lists[name].any}</option>
                  {lists[name].options.map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </Field>
          ) : view[name] !== undefined ? (
            <input key={name} type="hidden" name={name} value={view[name]} />
          ) : null,
        )}
        <Button type="submit" variant="outline">
          Show
        </Button>
        {narrowed && (
          <Button asChild variant="ghost">
            <Link href={path}>Clear</Link>
          </Button>
        )}
      </form>
    </div>
  );
}
