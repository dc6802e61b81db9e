import type { Metadata } from "next";
import { DeskForm } from "@/components/settings/desk-form";
import { PageHeader } from "@/components/shell/page-header";
import { Time } from "@/components/words/time";
import { US_ZONES } from "@/lib/schedule/zones";
import { requireOperator } from "@/lib/server/operator";
import { loadDesk, nextHolidays } from "@/lib/settings/desk";
import { saveDesk } from "../actions";

export const metadata: Metadata = { title: "Desk and sending" };

export default async function DeskPage() {
  const { db } = await requireOperator();
  const { settings, updatedBy, updatedAt } = await loadDesk(db);
  return (
    <>
      <PageHeader
        title="Desk and sending"
        description={
          <>
            What every new campaign is planned with.{" "}
            {updatedBy === "system" ? "As installed" : `Last changed by ${updatedBy}`},{" "}
            <Time iso={updatedAt} />.
          </>
        }
      />
      <DeskForm
        key={updatedAt}
        settings={settings}
        zones={[...new Set([settings.time_zone, ...US_ZONES])]}
        holidays={nextHolidays(new Date(), 3)}
        onSave={saveDesk}
      />
    </>
  );
}
