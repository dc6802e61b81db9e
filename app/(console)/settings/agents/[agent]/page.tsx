import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { DefinitionEditor } from "@/components/agents/definition-editor";
import { FileState } from "@/components/agents/file-state";
import { VersionList } from "@/components/agents/version-list";
import { pageHref } from "@/components/settings/page-href";
import { ShadowList } from "@/components/shadows/shadow-list";
import { ShadowStart } from "@/components/shadows/shadow-start";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { Time } from "@/components/words/time";
import { AGENTS } from "@/lib/agents/definition-text";
import { listDefinitionVersions, loadLiveDefinition, versionViewSchema } from "@/lib/agents/definitions";
import { listRecordedRuns } from "@/lib/agents/recorded-runs";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { listShadows } from "@/lib/shadows/shadows";
import { activate, beginShadow, saveText, testText } from "../actions";

export const metadata: Metadata = { title: "Agent" };

export default async function AgentPage({
  params,
  searchParams,
}: {
  params: Promise<{ agent: string }>;
  searchParams: PageQuery;
}) {
  const { db } = await requireOperator();
  const agent = z.enum(AGENTS).safeParse((await params).agent);
  if (!agent.success) notFound();
  const name = agent.data;
  const view = await readQuery(searchParams, versionViewSchema);
  const live = await loadLiveDefinition(db, name);
  const [versions, runs, shadows] = await Promise.all([
    listDefinitionVersions(db, name, view),
    listRecordedRuns(db, name),
    listShadows(db, name),
  ]);
  const path = `/settings/agents/${name}`;
  return (
    <>
      <PageHeader
        title={name}
        above={
          <Link
            href="/settings/agents"
            className="text-primary underline-offset-4 hover:underline touch:leading-11"
          >
            Agents
          </Link>
        }
        description={
          live.from === "file" ? (
            <>
              Version {live.version || "none"} is live, from the file <code>.claude/agents/{name}.md</code>.
            </>
          ) : (
            <>
              Version {live.version} is live, by {live.author}, <Time iso={live.since} />
              {live.note && <>: {live.note}</>}
            </>
          )
        }
      />
      <FileState live={live} onActivate={activate} />
      <DefinitionEditor
        key={live.version}
        agent={name}
        live={{ source: live.source, version: live.version }}
        runs={runs.map((run) => ({
          id: run.id,
          purpose: run.purpose,
          status: run.status,
          startedAt: run.started_at,
        }))}
        onSave={saveText}
        onTest={testText}
      />
      <Section
        title="Shadow"
        description="A candidate is asked what the live agent is asked, after the fact. Nothing acts on it, and it takes nothing from live runs. Save a text without making it live to try other words; name a model to try the same words with it."
      >
        {shadows.some((shadow) => shadow.status === "running") ? null : (
          <ShadowStart
            agent={name}
            version={live.version}
            source={live.source}
            live={live.version}
            onBegin={beginShadow}
          />
        )}
        <ShadowList shadows={shadows} />
      </Section>
      <Section title="Versions">
        <VersionList agent={name} versions={versions.rows} live={live.version} />
        <PaginationByKey
          label="Pages of versions"
          previousHref={versions.previous && pageHref(path, { before: versions.previous })}
          nextHref={versions.next && pageHref(path, { after: versions.next })}
        />
      </Section>
    </>
  );
}
