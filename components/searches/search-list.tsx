import Link from "next/link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { formatCount } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";

export type SearchListItem = {
  id: string;
  name: string;
  buyerName: string;
  status: string;
  statusReason: string | null;
  since: string;
  properties: number;
  contacts: number;
  waitsFor: { id: string; checkpoint: string } | null;
};

const DECIDE: Readonly<Record<string, string>> = {
  sourcing: "Review the payloads",
  extraction: "Review the extraction",
  campaign: "Review the campaign",
};

/** Searches as a table, and as cards where the screen is too narrow for one. */
export function SearchList({ items }: { items: readonly SearchListItem[] }) {
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-card max-md:hidden">
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Search</TableHead>
              <TableHead>Status</TableHead>
              <TableHead>Waits for</TableHead>
              <TableHead numeric>Properties</TableHead>
              <TableHead numeric>Contacts</TableHead>
              <TableHead numeric>Since</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {items.map((item) => (
              <TableRow key={item.id}>
                <TableCell className="max-w-80">
                  <NameAndBuyer item={item} walked />
                </TableCell>
                <TableCell>
                  <StatusBadge of="search" status={item.status} />
                </TableCell>
                <TableCell className="max-w-72 text-muted-foreground">
                  <WaitsFor item={item} />
                </TableCell>
                <TableCell numeric>{formatCount(item.properties)}</TableCell>
                <TableCell numeric>{formatCount(item.contacts)}</TableCell>
                <TableCell numeric className="text-muted-foreground">
                  <Time iso={item.since} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <ul className="divide-y rounded-lg border bg-card md:hidden">
        {items.map((item) => (
          <li key={item.id} className="grid gap-1 px-4 py-2">
            <NameAndBuyer item={item} />
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <StatusBadge of="search" status={item.status} />
              <Time iso={item.since} className="text-xs text-muted-foreground" />
            </div>
            <p className="text-xs text-muted-foreground tabular-nums">
              {formatCount(item.properties)} properties · {formatCount(item.contacts)} contacts
            </p>
            <div className="text-muted-foreground">
              <WaitsFor item={item} inCard />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function NameAndBuyer({ item, walked }: { item: SearchListItem; walked?: boolean }) {
  return (
    <Link
      href={`/searches/${item.id}`}
      data-list-row={walked || undefined}
      className="grid min-h-9 content-center rounded-sm underline-offset-4 hover:underline touch:min-h-11"
    >
      <span className="font-semibold break-words">{item.name}</span>
      <span className="text-xs break-words text-muted-foreground">for {item.buyerName}</span>
    </Link>
  );
}

function WaitsFor({ item, inCard }: { item: SearchListItem; inCard?: boolean }) {
  const { waitsFor, status, statusReason } = item;
  if (waitsFor)
    return (
      <Link
        href={`/approvals/${waitsFor.id}`}
        className="inline-flex items-center font-semibold text-primary underline-offset-4 hover:underline touch:min-h-11"
      >
        {DECIDE[waitsFor.checkpoint] ?? "Review it"}
      </Link>
    );
  if (statusReason) return <span className="line-clamp-2 break-words">{statusReason}</span>;
  const works = WORKS_ON[status];
  // A card has no column heading to say it.
  return works && inCard ? `Waits for ${works}` : works;
}

const WORKS_ON: Readonly<Record<string, string>> = {
  new: "the sourcing agent",
  sourcing: "the sourcing agent",
  extracting: "CoStar",
  scheduling: "the campaign's plan",
  active: "the next mails",
};
