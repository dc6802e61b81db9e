import Link from "next/link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/words/time";
import type { ForecastMail } from "@/lib/sending/forecast/simulate-sending";

/** Mails in the order they would leave. */
export function ForecastTable({ rows }: { rows: readonly ForecastMail[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border bg-card">
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>Leaves</TableHead>
            <TableHead>To</TableHead>
            <TableHead>Mail</TableHead>
            <TableHead className="max-md:hidden">From</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map(({ mail, mailbox, at, heldBy }) => (
            <TableRow key={mail.id}>
              <TableCell className="align-top">
                <Time iso={new Date(at).toISOString()} zone={mail.zone ?? undefined} show="absolute" />
                {heldBy && <span className="block text-xs text-muted-foreground">later: {heldBy}</span>}
              </TableCell>
              <TableCell className="align-top break-all">
                <Link href={`/contacts/${mail.contactId}`}>{mail.to}</Link>
              </TableCell>
              <TableCell className="align-top">
                {mail.kind === "manual_reply" ? "Answer" : `Mail ${mail.step}`}
                <span className="block max-w-72 truncate text-xs text-muted-foreground max-md:max-w-32">
                  {mail.subject}
                </span>
                {mail.campaignId && (
                  <Link href={`/campaigns/${mail.campaignId}`} className="text-xs max-md:hidden">
                    {mail.campaign}
                  </Link>
                )}
              </TableCell>
              <TableCell className="align-top max-md:hidden">{mailbox}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
