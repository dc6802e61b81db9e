import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** A list page on its way. */
export function ListSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-2 h-7 w-40" />
      <Skeleton className="mb-6 h-5 w-80 max-w-full" />
      <Skeleton className="mb-4 h-9 w-full" />
      <div className="grid gap-2">
        {ROWS.map((row) => (
          <Skeleton key={row} className="h-12 w-full" />
        ))}
      </div>
    </div>
  );
}

/** A page about one thing on its way: a heading, a wide column and a narrow one. */
export function DetailSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-2 h-4 w-40" />
      <Skeleton className="mb-2 h-7 w-72 max-w-full" />
      <Skeleton className="mb-6 h-5 w-96 max-w-full" />
      <div className="grid gap-x-8 gap-y-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-96" />
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}
