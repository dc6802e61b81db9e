import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ShadowActions } from "@/components/shadows/shadow-actions";
import { ShadowComparison } from "@/components/shadows/shadow-comparison";
import { ShadowRuns } from "@/components/shadows/shadow-runs";
import { sayShadowEvidence } from "@/components/shadows/shadow-words";
import { PageHeader } from "@/components/shell/page-header";
import { RefreshWhile } from "@/components/shell/refresh-while";
import { Section } from "@/components/shell/section";
import { formatUsd } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { AGENTS } from "@/lib/agents/definition-text";
import { loadLiveDefinition } from "@/lib/agents/definitions";
import { requireOperator } from "@/lib/server/operator";
import { loadShadow } from "@/lib/shadows/shadows";
import { endShadow, switchTo } from "../../actions";

export const metadata: Metadata = { title: "Shadow" };

export default async function ShadowPage({ params }: { params: Promise<{ id: string }> }) {
  const { db } = await requireOperator();
  const id = z.uuid().safeParse((await params).id);
  const loaded = id.success ? await loadShadow(db, id.data) : null;
  if (!loaded) notFound();
  const { shadow, totals, runs } = loaded;
  const agent = z.enum(AGENTS).parse(shadow.agent);
  const live = await loadLiveDefinition(db, agent);
  const running = shadow.status === "running";
  return (
    <>
      <RefreshWhile moving={running} everyMs={5000} />
      <PageHeader
        title={`Shadow of ${agent}`}
        above={
          <Link
            href={`/settings/agents/${agent}`}
            className="text-primary underline-offset-4 hover:underline touch:leading-11"
          >
            {agent}
          </Link>
        }
        aside={<StatusBadge of="shadow" status={shadow.status} />}
        description={
          <>
            Version{" "}
            <Link
              href={`/settings/agents/${agent}/${shadow.version}`}
              className="text-primary underline-offset-4 hover:underline"
            >
              {shadow.version}
            </Link>{" "}
            is asked {shadow.share_pct}% of what the live agent is asked, for at most{" "}
            {formatUsd(shadow.budget_microusd / 1e6)}. Nothing acts on what it answers. Begun by{" "}
            {shadow.started_by}, <Time iso={shadow.started_at} />
            {shadow.status_reason && <>. Ended: {shadow.status_reason}</>}
          </>
        }
        actions={
          shadow.status !== "switched" &&
          shadow.version !== live.version && (
            <ShadowActions
              id={shadow.id}
              agent={agent}
              live={live.version}
              running={running}
              evidence={sayShadowEvidence(totals)}
              onSwitch={switchTo}
              onStop={endShadow}
            />
          )
        }
      />
      <Section title={sayShadowEvidence(totals)}>
        <ShadowComparison totals={totals} />
      </Section>
      <Section title="Answer by answer" description="Those that agree least come first.">
        <ShadowRuns runs={runs} running={running} />
      </Section>
    </>
  );
}
