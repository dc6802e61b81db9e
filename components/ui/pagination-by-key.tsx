import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "./button";

type PaginationByKeyProps = {
  /** Where the page before begins; absent on the first. */
  previousHref?: string | null;
  /** Where the page after begins; absent on the last. */
  nextHref?: string | null;
  /** Said between the two: "50 of 3,120 contacts". */
  children?: ReactNode;
  /** Names the list for a screen reader. */
  label?: string;
};

/** Pages a list by the key of its first or last row: no page numbers, so nothing is counted past or shown twice. */
function PaginationByKey({ previousHref, nextHref, children, label = "Pages" }: PaginationByKeyProps) {
  if (!previousHref && !nextHref && !children) return null;
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-between gap-2 py-3">
      <p className="text-xs text-muted-foreground tabular-nums">{children}</p>
      <div className="flex gap-2">
        <PageLink href={previousHref} rel="prev">
          <ChevronLeftIcon /> Previous
        </PageLink>
        <PageLink href={nextHref} rel="next">
          Next <ChevronRightIcon />
        </PageLink>
      </div>
    </nav>
  );
}

function PageLink({
  href,
  rel,
  children,
}: {
  href?: string | null | undefined;
  rel: "prev" | "next";
  children: ReactNode;
}) {
  if (!href)
    return (
      <Button variant="outline" size="sm" disabled>
        {children}
      </Button>
    );
  return (
    <Button asChild variant="outline" size="sm">
      <Link href={href} rel={rel}>
        {children}
      </Link>
    </Button>
  );
}

export { PaginationByKey };
