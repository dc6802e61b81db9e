import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { DefinitionDiff } from "@/components/agents/definition-diff";
import { MakeLive } from "@/components/agents/version-actions";
import { ShadowStart } from "@/components/shadows/shadow-start";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/words/time";
import { AGENTS } from "@/lib/agents/definition-text";
import { loadDefinitionVersion, loadLiveDefinition } from "@/lib/agents/definitions";
import { requireOperator } from "@/lib/server/operator";
import { activate, beginShadow } from "../../actions";

export const metadata: Metadata = { title: "Version of an agent" };

export default async function VersionPage({
  params,
}: {
  params: Promise<{ agent: string; version: string }>;
}) {
  const { db } = await requireOperator();
  const { agent, version } = await params;
  const name = z.enum(AGENTS).safeParse(agent);
  if (!name.success) notFound();
  const [row, live] = await Promise.all([
    loadDefinitionVersion(db, name.data, version),
    loadLiveDefinition(db, name.data),
  ]);
  if (!row) notFound();
  const isLive = row.version === live.version;
  return (
    <>
      <PageHeader
        title={`Version ${row.version}`}
        above={
          <Link
            href={`/settings/agents/${name.data}`}
            className="text-primary underline-offset-4 hover:underline touch:leading-11"
          >
            {name.data}
          </Link>
        }
        aside={isLive && <Badge variant="positive">Live</Badge>}
        description={
          <>
            {row.origin === "file" ? "From the file" : `By ${row.author}`}, <Time iso={row.created_at} />
            {row.note && <>: {row.note}</>}
          </>
        }
        actions={
          !isLive && (
            <MakeLive
              agent={name.data}
              version={row.version}
              live={live.version}
              label="Make it live"
              description="It counts from the next run on. A checkpoint in auto goes back to plan until these words have earned it."
              onActivate={activate}
            />
          )
        }
      />
      {!isLive && (
        <>
          <Section title="What differs from the live one">
            <DefinitionDiff before={live.source} after={row.source} />
          </Section>
          <Section
            title="Try it in the shadow"
            description="It is asked what the live agent is asked, after the fact; nothing acts on it. Compare before you switch."
          >
            <ShadowStart
              agent={name.data}
              version={row.version}
              source={row.source}
              live={live.version}
              onBegin={beginShadow}
            />
          </Section>
        </>
      )}
      <Section title="The whole text">
        <pre className="overflow-hidden rounded-lg border bg-card p-4 font-mono text-xs leading-5 break-words whitespace-pre-wrap">
          {row.source}
        </pre>
      </Section>
    </>
  );
}
