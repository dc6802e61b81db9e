import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/words/numbers";

type FilterTabsProps = {
  /** Names the set for a screen reader: "Filter replies". */
  label: string;
  tabs: { label: string; href: string; active: boolean; count?: number | null; note?: string | null }[];
};

/** Filters as links: the address holds the view, so it can be bookmarked and works without scripts. */
export function FilterTabs({ label, tabs }: FilterTabsProps) {
  return (
    <nav aria-label={label} className="mb-4 overflow-x-auto border-b">
      <ul className="flex gap-1">
        {tabs.map(({ label: text, href, active, count, note }) => (
          <li key={href}>
            <Link
              href={href}
              scroll={false}
              aria-current={active ? "page" : undefined}
              className={cn(
                "inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-3 whitespace-nowrap text-muted-foreground -outline-offset-2 transition-colors hover:text-foreground touch:h-11",
                active && "border-primary font-semibold text-foreground",
              )}
            >
              {text}
              {typeof count === "number" && (
                <span className="rounded-full bg-muted px-1.5 text-xs leading-5 text-muted-foreground tabular-nums">
                  {formatCount(count)}
                </span>
              )}
              {note && <span className="text-xs font-semibold text-primary">{note}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
