import type { Metadata } from "next";
import Link from "next/link";
import { SettleButtons } from "@/components/campaigns/settle-buttons";
import { UncertainList } from "@/components/campaigns/uncertain-list";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { listUncertain } from "@/lib/sending/list-uncertain";
import { requireOperator } from "@/lib/server/operator";
import { settle } from "../actions";

export const metadata: Metadata = { title: "Uncertain mails" };

/** Mails that may or may not have left: nobody confirmed them. A person settles what cannot be found. */
export default async function UncertainPage() {
  const { db } = await requireOperator();
  const { sends, graceMinutes } = await listUncertain(db);
  return (
    <>
      <PageHeader
        above={
          <Link href="/campaigns" className="text-sm text-muted-foreground">
            ← Campaigns
          </Link>
        }
        title="Uncertain mails"
        description={`The mailbox did not confirm these. Each is looked up by its key for ${graceMinutes} minutes; what is still missing then is yours to settle. Look in Sent Items and Outbox first: sending again could mail somebody twice.`}
      />
      {sends.length === 0 ? (
        <EmptyState title="Every mail is certain">Nothing needs settling.</EmptyState>
      ) : (
        <UncertainList
          sends={sends}
          actionsOf={(send) =>
            send.needs_person ? (
              <SettleButtons id={send.id} to={send.to_email} onSettle={settle} />
            ) : (
              <p className="text-xs text-muted-foreground">Still being looked for; nothing to do yet.</p>
            )
          }
        />
      )}
    </>
  );
}
