import Link from "next/link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";

export interface SendRow {
  readonly id: string;
  readonly contactId: string;
  readonly contact: string;
  readonly to: string;
  readonly subject: string;
  /** "Mail 2", "Answer" */
  readonly what: string;
  readonly status: string;
  readonly at: string;
  readonly zone: string | undefined;
  /** Why it has not gone, in a sentence; null when it has */
  readonly why: string | null;
}

/** Sends with, for each that has not gone, the reason in a sentence. */
export function SendTable({ sends }: { sends: readonly SendRow[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-card">
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>To</TableHead>
            <TableHead>Mail</TableHead>
            <TableHead>Status</TableHead>
            <TableHead>When</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {sends.map((send) => (
            <TableRow key={send.id}>
              <TableCell>
                <Link href={`/contacts/${send.contactId}`} className="font-semibold">
                  {send.contact}
                </Link>
                <span className="block text-xs text-muted-foreground">{send.to}</span>
              </TableCell>
              <TableCell>
                {send.what}
                <span className="block max-w-72 truncate text-xs text-muted-foreground">{send.subject}</span>
              </TableCell>
              <TableCell>
                <StatusBadge of="send" status={send.status} />
                {send.why && <span className="block max-w-80 text-xs text-muted-foreground">{send.why}</span>}
              </TableCell>
              <TableCell>
                <Time iso={send.at} zone={send.zone} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
