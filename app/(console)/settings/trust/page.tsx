import type { Metadata } from "next";
import Link from "next/link";
import { PageHeader } from "@/components/shell/page-header";
import { RulesForm } from "@/components/trust/rules-form";
import { Time } from "@/components/words/time";
import { requireOperator } from "@/lib/server/operator";
import { loadTrustSettings } from "@/lib/trust/save-trust-settings";
import { saveRules } from "../checkpoints/actions";

export const metadata: Metadata = { title: "Rules of trust" };

export default async function TrustRulesPage() {
  const { db } = await requireOperator();
  const { settings, updatedBy, updatedAt } = await loadTrustSettings(db);
  return (
    <>
      <PageHeader
        above={
          <Link href="/settings" className="text-sm text-muted-foreground">
            ← Checkpoints
          </Link>
        }
        title="Rules of trust"
        description={
          <>
            <p>When auto is suggested, how much of it is looked back at, and what takes it back.</p>
            <p className="mt-1 text-xs">
              {updatedBy === "system" ? "As installed" : `Changed by ${updatedBy}`} · <Time iso={updatedAt} />
            </p>
          </>
        }
      />
      <RulesForm key={updatedAt} settings={settings} onSave={saveRules} />
    </>
  );
}
