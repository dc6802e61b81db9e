import type { Metadata } from "next";
import Link from "next/link";
import { SendTable } from "@/components/campaigns/send-table";
import { SettleButtons } from "@/components/campaigns/settle-buttons";
import { PageHeader } from "@/components/page/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { requireOperator } from "@/lib/auth/operator";
import { listSends } from "@/lib/campaigns/list-sends";
import { readKillSwitch } from "@/lib/sending/kill-switch";
import { toSendRows } from "../_plan/send-rows";
import { settle } from "../actions";

export const metadata: Metadata = { title: "Uncertain mails" };

/** Mails that may or may not have left: Outlook did not confirm them. A person settles what cannot be found. */
export default async function UncertainPage() {
  const { db } = await requireOperator();
  const [{ items }, killSwitch] = await Promise.all([
    listSends(db, { status: "uncertain" }),
    readKillSwitch(db),
  ]);
  const forPerson = new Set(items.filter((send) => send.needs_person).map((send) => send.id));
  return (
    <>
      <PageHeader
        above={
          <Link href="/campaigns" className="text-sm text-muted-foreground">
            ← Campaigns
          </Link>
        }
        title="Uncertain mails"
        description="Outlook did not confirm these. Each is looked up by its key for ten minutes; what is still missing then is yours to settle. Look in Sent Items and Outbox first: sending again could mail somebody twice."
      />
      {items.length === 0 ? (
        <EmptyState title="Every mail is certain">Nothing needs settling.</EmptyState>
      ) : (
        <SendTable
          sends={toSendRows(items, killSwitch).map((row) => ({
            ...row,
            actions: forPerson.has(row.id) ? <SettleButtons id={row.id} onSettle={settle} /> : undefined,
          }))}
        />
      )}
    </>
  );
}
