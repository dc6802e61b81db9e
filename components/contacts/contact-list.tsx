import Link from "next/link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { NO_VALUE } from "@/components/words/numbers";
import { Time } from "@/components/words/time";
import type { ContactStatus } from "@/lib/contacts/contact-status";
import { ContactBadge } from "./contact-badge";

export type ContactListItem = {
  id: string;
  name: string;
  title: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  status: ContactStatus;
  lastMailedAt: string | null;
};

/** Contacts as a table, and as cards where the screen is too narrow for one. */
export function ContactList({ items }: { items: readonly ContactListItem[] }) {
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-card max-lg:hidden">
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Name</TableHead>
              <TableHead>Company</TableHead>
              <TableHead>E-mail</TableHead>
              <TableHead>Phone</TableHead>
              <TableHead>Status</TableHead>
              <TableHead numeric>Last mailed</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {items.map((item) => (
              <TableRow key={item.id}>
                <TableCell className="max-w-64">
                  <ContactName item={item} walked />
                </TableCell>
                <TableCell className="max-w-56 break-words">{item.company ?? NO_VALUE}</TableCell>
                <TableCell className="max-w-72 wrap-anywhere">{item.email ?? NO_VALUE}</TableCell>
                <TableCell className="whitespace-nowrap tabular-nums">{item.phone ?? NO_VALUE}</TableCell>
                <TableCell>
                  <ContactBadge status={item.status} />
                </TableCell>
                <TableCell numeric className="text-muted-foreground">
                  <Time iso={item.lastMailedAt} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <ul className="divide-y rounded-lg border bg-card lg:hidden">
        {items.map((item) => (
          <li key={item.id} className="grid gap-1 px-4 py-2">
            <ContactName item={item} />
            <p className="text-xs break-words text-muted-foreground">
              {[item.company, item.email, item.phone].filter(Boolean).join(" · ") || "Nothing more is known"}
            </p>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <ContactBadge status={item.status} />
              {item.lastMailedAt && (
                <span className="text-xs text-muted-foreground">
                  mailed <Time iso={item.lastMailedAt} />
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function ContactName({ item, walked }: { item: ContactListItem; walked?: boolean }) {
  return (
    <Link
      href={`/contacts/${item.id}`}
      data-list-row={walked || undefined}
      className="grid min-h-9 content-center rounded-sm underline-offset-4 hover:underline touch:min-h-11"
    >
      <span className="font-semibold break-words">{item.name}</span>
      {item.title && <span className="text-xs break-words text-muted-foreground">{item.title}</span>}
    </Link>
  );
}
